#include "record/coverage.h"

#include <array>
#include <map>
#include <utility>

namespace conform {
namespace {

using State = ClauseCoverage::State;

constexpr std::array<std::pair<State, std::string_view>, 6> kNames = {
    {{State::kJudged, "judged"},
     {State::kClientKept, "client_kept"},
     {State::kTenant, "tenant"},
     {State::kObserved, "observed"},
     {State::kUntested, "untested"},
     {State::kMissing, "missing"}}};

/// Where each clause stands in the record, and what became of it.
class ClauseIndex {
 public:
  explicit ClauseIndex(std::vector<ClauseCoverage>& coverage) {
    for (ClauseCoverage& entry : coverage) entries_.emplace(entry.clause->key, &entry);
  }

  /// Null for a clause that the record does not know.
  ClauseCoverage* Find(const ClauseKey& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : found->second;
  }

 private:
  std::map<ClauseKey, ClauseCoverage*> entries_;
};

void AddTest(const TestRecord& test, const ClauseIndex& index) {
  const std::string id = test.Id();
  for (const JudgedClause& judged : test.verdict.judged) {
    if (ClauseCoverage* entry = index.Find(judged.clause)) {
      (judged.kept ? entry->kept_by : entry->broken_by).push_back(id);
    }
  }
  for (const ClauseKey& key : test.verdict.client_kept) {
    if (ClauseCoverage* entry = index.Find(key)) entry->kept_by.push_back(id);
  }
}

State Classify(const ClauseCoverage& entry) {
  const ClauseRecord& clause = *entry.clause;
  const bool shown = !entry.kept_by.empty() || !entry.broken_by.empty();
  if (shown) return clause.binds == Binds::kClient ? State::kClientKept : State::kJudged;
  if (clause.strength == Strength::kObserve || clause.binds == Binds::kNobody) {
    return State::kObserved;
  }
  if (clause.binds == Binds::kTenant) return State::kTenant;
  return clause.untested.empty() ? State::kMissing : State::kUntested;
}

}  // namespace

std::string_view NameOf(ClauseCoverage::State state) {
  for (const auto& [candidate, name] : kNames) {
    if (candidate == state) return name;
  }
  return "";
}

std::vector<ClauseCoverage> ComputeCoverage(const RunRecord& record) {
  std::vector<ClauseCoverage> coverage;
  coverage.reserve(record.header.clauses.size());
  for (const ClauseRecord& clause : record.header.clauses) {
    coverage.emplace_back().clause = &clause;
  }
  const ClauseIndex index(coverage);
  for (const TestRecord& test : record.tests) AddTest(test, index);
  for (ClauseCoverage& entry : coverage) entry.state = Classify(entry);
  return coverage;
}

CoverageCount CountContractClauses(const std::vector<ClauseCoverage>& coverage) {
  CoverageCount count;
  for (const ClauseCoverage& entry : coverage) {
    const ClauseRecord& clause = *entry.clause;
    if (!clause.IsContract() || clause.binds != Binds::kService ||
        clause.strength == Strength::kObserve) {
      continue;
    }
    ++count.promised;
    count.judged += entry.state == ClauseCoverage::State::kJudged ? 1 : 0;
  }
  return count;
}

}  // namespace conform
