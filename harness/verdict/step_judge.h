// Holds one step's exchange against what was promised.
#pragma once

#include "verdict/judge.h"

namespace conform {

/// Which clause of which contract; of a protocol where `contract` is null or has it not.
ClauseKey KeyOf(const Clause& clause, const Contract* contract);

/// What Judge::JudgeStep promises, with all that it needs handed in.
bool JudgeStep(const Catalog& catalog, const CheckTable& checks, const JudgeOptions& options,
               const Test& test, const StepFacts& facts, Verdict& verdict);

}  // namespace conform
