// What every exchange must keep, and what the bytes we sent keep.
#pragma once

#include "verdict/judge.h"

namespace conform {

/// Judges the last attempt by every protocol clause that is about it. Without a whole answer only
/// what was odd about the bytes can be told.
void JudgeProtocols(const Catalog& catalog, const CheckTable& checks, const JudgeOptions& options,
                    const Test& test, const StepFacts& facts, Verdict& verdict);

/// Adds the client clauses of the step's contract that its request keeps.
void RecordClientClauses(const CheckTable& checks, const Test& test, const StepFacts& facts,
                         Verdict& verdict);

}  // namespace conform
