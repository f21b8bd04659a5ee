#include "report/html_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/count_text.h"

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

/// What stands in one table: an edition of an operation, or a protocol set.
std::string TableOf(const ClauseRecord& clause) {
  if (!clause.IsContract()) return "protocol " + clause.key.id.substr(0, clause.key.id.find('.'));
  return fmt::format("{}, edition {}", clause.key.operation, clause.key.edition);
}

using Table = std::pair<std::string, std::vector<const ClauseCoverage*>>;

/// In the order in which they first appear, contracts before protocols.
std::vector<Table> MakeTables(const std::vector<ClauseCoverage>& coverage) {
  std::vector<Table> tables;
  std::map<std::string, std::size_t> places;
  for (const bool contract : {true, false}) {
    for (const ClauseCoverage& entry : coverage) {
      if (entry.clause->IsContract() != contract) continue;
      const std::string name = TableOf(*entry.clause);
      const auto [place, is_new] = places.try_emplace(name, tables.size());
      if (is_new) tables.emplace_back(name, std::vector<const ClauseCoverage*>());
      tables[place->second].second.push_back(&entry);
    }
  }
  return tables;
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
std::string Describe(const Table& table) {
  const auto broken =
      std::count_if(table.second.begin(), table.second.end(),
                    [](const ClauseCoverage* entry) { return !entry->broken_by.empty(); });
  std::string text = fmt::format("{}: {}", table.first, CountOf(table.second.size(), "clause"));
  return broken == 0 ? text : text + fmt::format(", {} broken", broken);
}

void WriteTable(const Table& table, const HtmlRun& run, HtmlWriter& out) {
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
  for (const ClauseCoverage* entry : table.second) WriteRow(*entry, run, out);
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
  for (const Table& table : MakeTables(run.coverage)) WriteTable(table, run, out);
}

}  // namespace conform
