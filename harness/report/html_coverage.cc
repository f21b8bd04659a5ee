#include "report/html_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/count_text.h"
#include "report/coverage_tables.h"

namespace conform {
namespace {

using State = ClauseCoverage::State;

constexpr std::size_t kMostNames = 10;  // of tests beside a clause

constexpr std::array<std::pair<State, std::string_view>, 6> kStateNames = {
    {{State::kJudged, "kept"},
     {State::kClientKept, "kept by us"},
     {State::kTenant, "a condition of the tenant"},
     {State::kObserved, "observed, binds nobody"},
     {State::kUntested, "untested"},
     {State::kMissing, "NOT JUDGED"}}};

/// Whether it binds the client, and no bytes sent kept it.
bool IsNotShown(const ClauseCoverage& entry) {
  return entry.state == State::kMissing && entry.clause->binds == Binds::kClient;
}

std::string_view WordOf(const ClauseCoverage& entry) {
  if (!entry.broken_by.empty()) return "BROKEN";
  if (IsNotShown(entry)) return "not shown by any request";
  for (const auto& [candidate, word] : kStateNames) {
    if (candidate == entry.state) return word;
  }
  return "";
}

std::string_view KindOf(const ClauseCoverage& entry) {
  if (!entry.broken_by.empty()) return "word fail";
  if (entry.state == State::kMissing && !IsNotShown(entry)) return "word inconclusive";
  const bool kept = entry.state == State::kJudged || entry.state == State::kClientKept;
  return kept ? "word pass" : "word not_run";
}

void WriteNames(const TestIds& ids, const HtmlRun& run, HtmlWriter& out) {
  const auto list = out.Open("ul");
  for (std::size_t i = 0; i < std::min(ids.size(), kMostNames); ++i) {
    const auto item = out.Open("li");
    const std::size_t index = run.index_of.at(ids[i]);
    const std::string title = TitleOf(run.record.tests[index]);
    const std::string address = run.AddressOf(index);
    if (address.empty()) {
      out.Text(title);
    } else {
      out.Leaf("a", title, {{"href", address}});
    }
  }
  if (ids.size() > kMostNames) {
    out.Leaf("li", fmt::format("and {} more", ids.size() - kMostNames));
  }
}

void WriteTests(const ClauseCoverage& entry, const HtmlRun& run, HtmlWriter& out) {
  if (!entry.broken_by.empty()) {
    out.Leaf("p", fmt::format("Broken by {}:", CountOf(entry.broken_by.size(), "test")));
    WriteNames(entry.broken_by, run, out);
  }
  if (entry.kept_by.empty()) return;
  const auto fold = out.Open("details");
  out.Leaf("summary", fmt::format("kept by {}", CountOf(entry.kept_by.size(), "test")));
  WriteNames(entry.kept_by, run, out);
}

void WriteRow(const ClauseCoverage& entry, const HtmlRun& run, HtmlWriter& out) {
  const ClauseRecord& clause = *entry.clause;
  const auto row = out.Open("tr");
  {
    const auto name = out.Open("th", {{"scope", "row"}});
    out.Text(clause.says);
    out.Leaf("code", clause.key.id);
  }
  out.Leaf("td", NameOf(clause.strength));
  out.Leaf("td", NameOf(clause.binds));
  out.Leaf("td", clause.source);
  {
    const auto outcome = out.Open("td");
    out.Leaf("strong", WordOf(entry), {{"class", KindOf(entry)}});
    if (entry.state == State::kUntested) out.Leaf("p", clause.untested);
  }
  const auto tests = out.Open("td");
  WriteTests(entry, run, out);
}

/// `12 clauses, 1 broken`.
std::string Describe(const CoverageTable& table) {
  const auto broken =
      std::count_if(table.clauses.begin(), table.clauses.end(),
                    [](const ClauseCoverage* entry) { return !entry->broken_by.empty(); });
  std::string text = fmt::format("{}: {}", table.title, CountOf(table.clauses.size(), "clause"));
  return broken == 0 ? text : text + fmt::format(", {} broken", broken);
}

void WriteTable(const CoverageTable& table, const HtmlRun& run, HtmlWriter& out) {
  const std::string title = Describe(table);
  const auto region = out.Open(
      "div", {{"class", "scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", title}});
  const auto whole = out.Open("table");
  out.Leaf("caption", title);
  {
    const auto head = out.Open("thead");
    const auto row = out.Open("tr");
    for (const std::string_view name :
         {"Clause", "Strength", "Binds", "Source", "Outcome", "Judged by"}) {
      out.Leaf("th", name, {{"scope", "col"}});
    }
  }
  const auto body = out.Open("tbody");
  for (const ClauseCoverage* entry : table.clauses) WriteRow(*entry, run, out);
}

}  // namespace

void WriteCoverage(const HtmlRun& run, HtmlWriter& out) {
  const auto section =
      out.Open("section", {{"id", "coverage"}, {"aria-labelledby", "coverage-title"}});
  out.Leaf("h2", "Coverage: every clause, and who judged it", {{"id", "coverage-title"}});
  const CoverageCount count = CountContractClauses(run.coverage);
  out.Leaf("p", fmt::format("{} of {} contract clauses that bind the service were judged. A clause "
                            "that is kept by us binds the client, and the bytes sent kept it.",
                            count.judged, count.promised));
  for (const CoverageTable& table : MakeCoverageTables(run.coverage)) WriteTable(table, run, out);
}

}  // namespace conform
