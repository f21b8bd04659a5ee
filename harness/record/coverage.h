// Which clauses were judged, by which tests: computed from verdicts, never from lists.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "record/run_record.h"
#include "record/test_ids.h"

namespace conform {

/// How one clause stands after a run.
struct ClauseCoverage {
  enum class State {
    kJudged,      ///< some test kept or broke it.
    kClientKept,  ///< it binds the client, and the bytes we sent kept it.
    kTenant,      ///< a stated precondition.
    kObserved,    ///< nobody is bound: recorded.
    kUntested,    ///< no test judges it, for the reason the contract states.
    kMissing,     ///< a test should have judged it and none did.
  };
  const ClauseRecord* clause = nullptr;
  State state = State::kMissing;
  TestIds kept_by;
  TestIds broken_by;
};

std::string_view NameOf(ClauseCoverage::State state);

/// One entry a clause, in the record's order. `record` outlives the answer.
std::vector<ClauseCoverage> ComputeCoverage(const RunRecord& record);

/// Contract clauses (of service, must or should) judged, and promised.
struct CoverageCount {
  std::size_t judged = 0;
  std::size_t promised = 0;
};
CoverageCount CountContractClauses(const std::vector<ClauseCoverage>& coverage);
/// Whether one of them was judged.
bool JudgesContractClause(const RunRecord& record);

}  // namespace conform
