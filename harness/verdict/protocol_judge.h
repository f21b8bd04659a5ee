// What every exchange must keep, and what the bytes we sent keep.
#pragma once

#include "verdict/judge.h"

namespace conform {

/// The clauses that bind the service and weigh something here, in written order. `catalog` outlives
/// them.
std::vector<AppliedClause> ApplyProtocols(const Catalog& catalog, const CheckTable& checks,
                                          const JudgeOptions& options);

/// Judges the last attempt by every protocol clause that is about it. Without a whole answer only
/// what was odd about the bytes can be told.
void JudgeProtocols(const std::vector<AppliedClause>& applied, const Test& test,
                    const StepFacts& facts, Verdict& verdict);

/// Adds the client clauses of the step's contract that its request keeps.
void RecordClientClauses(const CheckTable& checks, const Test& test, const StepFacts& facts,
                         Verdict& verdict);

}  // namespace conform
