// Holds one step's exchange against what was promised.
#pragma once

#include "verdict/judge.h"

namespace conform {

/// Which clause of which contract; of a protocol where `contract` is null or has it not.
ClauseKey KeyOf(const Clause& clause, const Contract* contract);
/// Of that contract of the plan's steps which states the clause; of a protocol where none does.
ClauseKey KeyOf(const Clause& clause, const EvidencePlan& plan);

/// What Judge::JudgeStep promises, with all that it needs handed in.
bool JudgeStep(const Catalog& catalog, const CheckTable& checks, const JudgeOptions& options,
               const Test& test, const StepFacts& facts, Verdict& verdict);

/// What Judge::BreakStep promises.
bool BreakStep(const Catalog& catalog, const CheckTable& checks, const JudgeOptions& options,
               const Test& test, const StepFacts& facts, const StepBreach& breach,
               Verdict& verdict);

}  // namespace conform
