#include "record/coverage.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
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
    entries_.reserve(coverage.size());
    for (ClauseCoverage& entry : coverage) entries_.emplace(entry.clause->key, &entry);
  }

  /// Null for a clause that the record does not know.
  ClauseCoverage* Find(const ClauseKey& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<ClauseKey, ClauseCoverage*> entries_;
};

/// Where a test that judged these clauses is to be named.
using Places = std::vector<TestIds*>;

Places Find(const SharedList<JudgedClause>& list, const ClauseIndex& index) {
  Places places;
  for (const JudgedClause& judged : list) {
    ClauseCoverage* entry = index.Find(judged.clause);
    if (entry != nullptr) places.push_back(judged.kept ? &entry->kept_by : &entry->broken_by);
  }
  return places;
}

Places Find(const SharedList<ClauseKey>& list, const ClauseIndex& index) {
  Places places;
  for (const ClauseKey& key : list) {
    if (ClauseCoverage* entry = index.Find(key)) places.push_back(&entry->kept_by);
  }
  return places;
}

/// Finds the clauses of a list once for all tests that share it.
template <typename T>
class FoundLists {
 public:
  explicit FoundLists(const ClauseIndex& index) : index_(index) {}

  void Add(std::size_t test, const SharedList<T>& list) {
    const void* const identity = list.Identity();
    if (identity == nullptr) return AddTo(Find(list, index_), test);
    const auto [found, is_new] = places_.try_emplace(identity);
    if (is_new) found->second = Find(list, index_);
    AddTo(found->second, test);
  }

 private:
  static void AddTo(const Places& places, std::size_t test) {
    for (TestIds* ids : places) ids->Add(test);
  }

  const ClauseIndex& index_;
  std::unordered_map<const void*, Places> places_;
};

/// Of the service, must or should.
bool IsPromised(const ClauseRecord& clause) {
  return clause.IsContract() && clause.binds == Binds::kService &&
         clause.strength != Strength::kObserve;
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
    coverage.push_back({&clause, State::kMissing, TestIds(record), TestIds(record)});
  }
  const ClauseIndex index(coverage);
  FoundLists<JudgedClause> judged(index);
  FoundLists<ClauseKey> client_kept(index);
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    judged.Add(i, record.tests[i].verdict.judged);
    client_kept.Add(i, record.tests[i].verdict.client_kept);
  }
  for (ClauseCoverage& entry : coverage) entry.state = Classify(entry);
  return coverage;
}

CoverageCount CountContractClauses(const std::vector<ClauseCoverage>& coverage) {
  CoverageCount count;
  for (const ClauseCoverage& entry : coverage) {
    if (!IsPromised(*entry.clause)) continue;
    ++count.promised;
    count.judged += entry.state == ClauseCoverage::State::kJudged ? 1 : 0;
  }
  return count;
}

bool JudgesContractClause(const RunRecord& record) {
  std::unordered_set<const void*> seen;
  std::unordered_set<ClauseKey> promised;
  for (const ClauseRecord& clause : record.header.clauses) {
    if (IsPromised(clause)) promised.insert(clause.key);
  }
  const auto is_promised = [&](const JudgedClause& judged) {
    return promised.contains(judged.clause);
  };
  return std::any_of(record.tests.begin(), record.tests.end(), [&](const TestRecord& test) {
    const auto& judged = test.verdict.judged;
    const void* const identity = judged.Identity();
    if (identity != nullptr && !seen.insert(identity).second) return false;
    return std::any_of(judged.begin(), judged.end(), is_promised);
  });
}

}  // namespace conform
