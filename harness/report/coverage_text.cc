#include "report/coverage_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "report/coverage_tables.h"

namespace conform {
namespace {

using State = ClauseCoverage::State;

constexpr std::size_t kColumns = 100;
constexpr std::size_t kMaxNames = 3;
constexpr std::string_view kIdTitle = "clause";
constexpr std::size_t kMaxId = 44;  // longer ones take a line of their own

/// In the order in which they are counted; the words are for people.
constexpr std::array<std::pair<State, std::string_view>, 6> kStateWords = {
    {{State::kJudged, "judged"},
     {State::kClientKept, "client-kept"},
     {State::kTenant, "tenant condition"},
     {State::kObserved, "observed"},
     {State::kUntested, "untested"},
     {State::kMissing, "MISSING"}}};

std::string_view WordOf(State state) {
  for (const auto& [candidate, word] : kStateWords) {
    if (candidate == state) return word;
  }
  return "";
}

/// `2 tests: documented_request, without_length`; the suite is told by the table's title.
std::string ListTests(const TestIds& ids) {
  std::vector<std::string> names;
  for (const std::string& id : ids) {
    std::string name = ShowLine(std::string_view(id).substr(id.find('.') + 1));
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    names.push_back(std::move(name));
    if (names.size() > kMaxNames) break;
  }
  const bool more = names.size() > kMaxNames;
  if (more) names.back() = "…";
  return fmt::format("{} test{}: {}", ids.size(), ids.size() == 1 ? "" : "s",
                     fmt::join(names, ", "));
}

std::string DescribeState(const ClauseCoverage& entry) {
  std::string text(WordOf(entry.state));
  if (entry.state == State::kUntested) text += ": " + ShowLine(entry.clause->untested, 1'000);
  if (!entry.kept_by.empty()) text += " by " + ListTests(entry.kept_by);
  if (!entry.broken_by.empty()) {
    text += fmt::format("{} BROKEN by {}", entry.kept_by.empty() ? "," : ";",
                        ListTests(entry.broken_by));
  }
  return text;
}

/// Breaks at spaces so that lines end before kColumns; each but the first begins at `indent`.
std::string Wrap(std::string_view text, std::size_t indent) {
  std::string wrapped;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const std::size_t width = CountCharacters(word);
    if (column > indent && column + 1 + width > kColumns) {
      wrapped += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += width;
  }
  return wrapped;
}

std::string RenderRow(std::string_view id, std::string_view strength, std::string_view binds,
                      std::string_view state, std::size_t id_width) {
  std::string row = fmt::format("  {:<{}}", id, id_width);
  if (CountCharacters(id) > id_width) row += fmt::format("\n  {:<{}}", "", id_width);
  row += fmt::format("  {:<8}  {:<7}  ", strength, binds);
  return row + Wrap(state, id_width + 23) + '\n';
}

/// `contract clauses: 30, of them 20 judged, 2 client-kept, …`; empty where there is none.
std::string RenderCounts(const std::vector<ClauseCoverage>& coverage, bool contract) {
  std::map<State, std::size_t> counts;
  std::size_t total = 0;
  for (const ClauseCoverage& entry : coverage) {
    if (entry.clause->IsContract() != contract) continue;
    ++counts[entry.state];
    ++total;
  }
  if (total == 0) return "";
  std::vector<std::string> parts;
  for (const auto& [state, word] : kStateWords) {
    if (counts[state] > 0) parts.push_back(fmt::format("{} {}", counts[state], word));
  }
  return fmt::format("{} clauses: {} ({})\n", contract ? "contract" : "protocol", total,
                     fmt::join(parts, ", "));
}

}  // namespace

std::string RenderCoverage(const std::vector<ClauseCoverage>& coverage) {
  std::size_t id_width = kIdTitle.size();
  for (const ClauseCoverage& entry : coverage) {
    id_width = std::max(id_width, CountCharacters(entry.clause->key.id));
  }
  id_width = std::min(id_width, kMaxId);
  std::string text;
  for (const auto& [title, entries] : MakeCoverageTables(coverage)) {
    text += ShowLine(title) + '\n' + RenderRow(kIdTitle, "strength", "binds", "state", id_width);
    for (const ClauseCoverage* entry : entries) {
      const ClauseRecord& clause = *entry->clause;
      text += RenderRow(ShowLine(clause.key.id), NameOf(clause.strength), NameOf(clause.binds),
                        DescribeState(*entry), id_width);
    }
    text += '\n';
  }
  const CoverageCount count = CountContractClauses(coverage);
  return text + RenderCounts(coverage, true) + RenderCounts(coverage, false) +
         fmt::format(
             "judged: {} of {} promised (contract clauses of the service, must or should)\n",
             count.judged, count.promised);
}

std::string RenderCoverageJson(const std::vector<ClauseCoverage>& coverage) {
  using nlohmann::ordered_json;
  ordered_json clauses = ordered_json::array();
  for (const ClauseCoverage& entry : coverage) {
    const ClauseRecord& clause = *entry.clause;
    clauses.push_back({{"id", clause.key.id},
                       {"operation", clause.key.operation},
                       {"edition", clause.key.edition},
                       {"strength", NameOf(clause.strength)},
                       {"binds", NameOf(clause.binds)},
                       {"state", NameOf(entry.state)},
                       {"untested", clause.untested},
                       {"kept_by", entry.kept_by},
                       {"broken_by", entry.broken_by}});
  }
  const CoverageCount count = CountContractClauses(coverage);
  const ordered_json whole = {
      {"clauses", std::move(clauses)},
      {"contract", {{"judged", count.judged}, {"promised", count.promised}}}};
  return whole.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace conform
