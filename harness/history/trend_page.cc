#include "history/trend_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/date.h"
#include "history/run_change.h"
#include "history/run_difference.h"
#include "history/run_difference_text.h"
#include "report/html_page.h"
#include "report/html_writer.h"

namespace conform {
namespace {

constexpr int kCell = 9;
constexpr int kRowHeight = 24;
constexpr int kSparkHeight = 24;

constexpr std::string_view kTrendStyle = R"css(
.trend td { padding: .25rem .6rem; vertical-align: middle; }
.trend svg { max-width: none; }
.trend rect { fill: var(--quiet); }
.trend .pass { fill: var(--pass); }
.trend .fail { fill: var(--fail); }
.trend .warn { fill: var(--warn); }
.trend .deviation { fill: var(--deviation); }
.trend .inconclusive { fill: var(--inconclusive); }
.trend .mark { stroke: var(--accent); stroke-width: 2; stroke-dasharray: 3 2; }
.trend .spark { fill: none; stroke: var(--accent); stroke-width: 1.5; }
)css";

/// How high an outcome's bar is: what differs in colour differs in height too.
int BarHeight(Outcome outcome) {
  static const std::map<Outcome, int> kHeights = {
      {Outcome::kFail, 24},      {Outcome::kInconclusive, 18}, {Outcome::kWarn, 14},
      {Outcome::kDeviation, 11}, {Outcome::kPass, 8},          {Outcome::kSkip, 4}};
  const auto found = kHeights.find(outcome);
  return found == kHeights.end() ? 2 : found->second;
}

/// A test's place in each run; null where it was not in it.
struct TrendRow {
  std::string id;
  std::vector<const KeptTest*> cells;
};

/// The tests of one edition of an operation.
struct EditionRows {
  std::string operation;
  std::string edition;
  std::size_t first = 0;  ///< the run in which it was first seen, counted in those shown.
  std::vector<TrendRow> rows;
};

std::vector<EditionRows> SortRows(const Trend& trend) {
  std::vector<EditionRows> editions;
  std::map<std::string, std::size_t> edition_places;
  std::map<std::string, std::size_t> row_places;
  for (std::size_t run = 0; run < trend.runs.size(); ++run) {
    for (const KeptTest& test : trend.runs[run].tests) {
      const auto [edition, fresh] =
          edition_places.emplace(test.operation + " " + test.edition, editions.size());
      if (fresh) editions.push_back({test.operation, test.edition, run, {}});
      EditionRows& of = editions[edition->second];
      const auto [row, added] = row_places.emplace(test.id, of.rows.size());
      if (added) {
        of.rows.push_back({test.id, std::vector<const KeptTest*>(trend.runs.size(), nullptr)});
      }
      of.rows[row->second].cells[run] = &test;
    }
  }
  std::stable_sort(editions.begin(), editions.end(),
                   [](const EditionRows& a, const EditionRows& b) {
                     return std::tie(a.operation, a.edition) < std::tie(b.operation, b.edition);
                   });
  return editions;
}

std::string DescribeRow(const TrendRow& row) {
  std::map<Outcome, std::size_t> counts;
  for (const KeptTest* cell : row.cells) {
    if (cell != nullptr) ++counts[cell->outcome];
  }
  std::string text;
  for (const auto& [outcome, count] : counts) {
    text += fmt::format("{}{} of {} runs {}", text.empty() ? "" : ", ", count, row.cells.size(),
                        NameOf(outcome));
  }
  return text;
}

/// Runs in which an edition of this operation was seen for the first time, but for the first run.
std::set<std::size_t> MarksOf(const std::vector<EditionRows>& editions,
                              const std::string& operation) {
  std::set<std::size_t> marks;
  for (const EditionRows& each : editions) {
    if (each.operation == operation && each.first > 0) marks.insert(each.first);
  }
  return marks;
}

void WriteOutcomes(const TrendRow& row, const Trend& trend, const std::set<std::size_t>& marks,
                   HtmlWriter& out) {
  const int width = kCell * static_cast<int>(row.cells.size());
  const auto svg = out.Open("svg", {{"role", "img"},
                                    {"aria-label", DescribeRow(row)},
                                    {"width", std::to_string(width)},
                                    {"height", std::to_string(kRowHeight)}});
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const KeptTest* cell = row.cells[i];
    if (cell == nullptr) continue;
    const int height = BarHeight(cell->outcome);
    const auto bar = out.Open("rect", {{"x", std::to_string(kCell * static_cast<int>(i) + 1)},
                                       {"y", std::to_string(kRowHeight - height)},
                                       {"width", std::to_string(kCell - 2)},
                                       {"height", std::to_string(height)},
                                       {"class", NameOf(cell->outcome)}});
    const std::string why = VerdictText(*cell);
    out.Leaf("title", fmt::format("{} {}{}", FormatTimestamp(trend.runs[i].started),
                                  NameOf(cell->outcome), why.empty() ? "" : ": " + why));
  }
  for (const std::size_t mark : marks) {
    const std::string x = std::to_string(kCell * static_cast<int>(mark));
    out.Leaf("path", "", {{"class", "mark"}, {"d", fmt::format("M{} 0V{}", x, kRowHeight)}});
  }
}

void WriteSparkline(const TrendRow& row, HtmlWriter& out) {
  std::vector<std::pair<std::size_t, std::chrono::microseconds>> medians;
  std::vector<std::chrono::microseconds> all;
  std::chrono::microseconds most{1};
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i] == nullptr || row.cells[i]->durations.empty()) continue;
    const auto& durations = row.cells[i]->durations;
    medians.emplace_back(i, PercentileOf(durations, 50));
    most = std::max(most, medians.back().second);
    all.insert(all.end(), durations.begin(), durations.end());
  }
  const std::string told = all.empty()
                               ? "no exchange"
                               : fmt::format("p50 {}, p95 {}", ShowLatency(PercentileOf(all, 50)),
                                             ShowLatency(PercentileOf(all, 95)));
  if (medians.size() > 1) {
    std::string path;
    for (const auto& [run, median] : medians) {
      const auto height = (kSparkHeight - 2) * median.count() / most.count();
      path += fmt::format("{}{} {}", path.empty() ? "M" : "L", 2 * run, kSparkHeight - 1 - height);
    }
    const auto svg = out.Open("svg", {{"role", "img"},
                                      {"aria-label", "latency over the runs: " + told},
                                      {"width", std::to_string(2 * row.cells.size())},
                                      {"height", std::to_string(kSparkHeight)}});
    out.Leaf("path", "", {{"class", "spark"}, {"d", path}});
  }
  out.Leaf("span", told, {{"class", "when"}});
}

void WriteHeadRow(HtmlWriter& out) {
  const auto head = out.Open("thead");
  const auto row = out.Open("tr");
  for (const std::string_view name : {"test", "outcomes, oldest first", "now", "latency"}) {
    out.Leaf("th", name, {{"scope", "col"}});
  }
}

void WriteRow(const TrendRow& row, const Trend& trend, const std::set<std::size_t>& marks,
              HtmlWriter& out) {
  const auto line = out.Open("tr");
  out.Leaf("th", row.id.substr(row.id.find('.') + 1), {{"scope", "row"}});
  {
    const auto cell = out.Open("td");
    WriteOutcomes(row, trend, marks, out);
  }
  {
    const auto cell = out.Open("td");
    const KeptTest* now = row.cells.back();
    const std::string_view word = now == nullptr ? "absent" : NameOf(now->outcome);
    out.Leaf("span", word, {{"class", fmt::format("word {}", word)}});
  }
  const auto cell = out.Open("td");
  WriteSparkline(row, out);
}

void WriteEdition(const EditionRows& edition, const Trend& trend,
                  const std::set<std::size_t>& marks, HtmlWriter& out) {
  out.Leaf("h3", fmt::format("{}, edition {}", edition.operation, edition.edition));
  if (edition.first > 0) {
    out.Leaf("p",
             fmt::format("This edition was first judged in run {}, {}: a dashed line marks it.",
                         trend.runs[edition.first].number,
                         FormatTimestamp(trend.runs[edition.first].started)));
  }
  const auto scroll = out.Open("div", {{"class", "scroll"},
                                       {"tabindex", "0"},
                                       {"role", "region"},
                                       {"aria-label", fmt::format("{} at {}, {}", edition.operation,
                                                                  edition.edition, trend.series)}});
  const auto table = out.Open("table", {{"class", "trend"}});
  WriteHeadRow(out);
  const auto body = out.Open("tbody");
  for (const TrendRow& row : edition.rows) WriteRow(row, trend, marks, out);
}

void WriteSeries(const Trend& trend, std::size_t index, HtmlWriter& out) {
  const std::string id = fmt::format("series-{}", index + 1);
  const auto section = out.Open("section", {{"id", id}, {"aria-labelledby", id + "-title"}});
  out.Leaf("h2", trend.series, {{"id", id + "-title"}});
  out.Leaf("p", fmt::format("{} {}, from {} to {}.", trend.runs.size(),
                            trend.runs.size() == 1 ? "run" : "runs",
                            FormatTimestamp(trend.runs.front().started),
                            FormatTimestamp(trend.runs.back().started)));
  const std::vector<EditionRows> editions = SortRows(trend);
  for (const EditionRows& each : editions) {
    WriteEdition(each, trend, MarksOf(editions, each.operation), out);
  }
}

}  // namespace

Expected<std::vector<Trend>> LoadTrends(RunStore& store) {
  const auto series = store.ListSeries();
  if (!series) return tl::unexpected(series.error());
  std::vector<Trend> trends;
  for (const std::string& each : *series) {
    Trend& trend = trends.emplace_back();
    for (std::size_t back = kTrendRuns; back-- > 0;) {
      const auto number = store.FindNewest(back, each);
      if (!number) return tl::unexpected(number.error());
      if (!*number) continue;
      auto run = store.Load(**number);
      if (!run) return tl::unexpected(run.error());
      trend.runs.push_back(*std::move(run));
    }
    if (trend.runs.empty()) {
      trends.pop_back();
    } else {
      trend.series = trend.runs.front().ShownSeries();
    }
  }
  return trends;
}

std::string RenderTrendPage(const std::vector<Trend>& trends) {
  HtmlWriter out;
  out.Leaf("a", "Past the opening", {{"class", "past"}, {"href", "#main"}});
  {
    const auto header = out.Open("header");
    out.Leaf("h1", "conform: how tests stood over time");
    out.Leaf("p",
             "Each bar is a run, the newest at the right. The higher it is, the more it asks for: "
             "fail, inconclusive, warn, deviation, pass, skip, not run.");
  }
  {
    const auto main = out.Open("main", {{"id", "main"}});
    for (std::size_t i = 0; i < trends.size(); ++i) WriteSeries(trends[i], i, out);
    if (trends.empty()) out.Leaf("p", "No run is kept yet.");
  }
  {
    const auto footer = out.Open("footer");
    out.Leaf("p", "Written by conform history --html; latency is the time of an exchange.");
  }
  return RenderPage("conform: trend", out.html(), kTrendStyle);
}

}  // namespace conform
