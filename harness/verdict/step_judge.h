// Holds one step's exchange against what was promised.
#pragma once

#include "verdict/judge.h"

namespace conform {

/// What Judge::JudgeStep adds, with all that it needs handed in.
void JudgeStep(const ProtocolJudge& protocols, const CheckTable& checks,
               const JudgeOptions& options, const Test& test, const StepFacts& facts,
               Verdict& verdict);

/// What Judge::BreakStep adds.
void BreakStep(const ProtocolJudge& protocols, const CheckTable& checks,
               const JudgeOptions& options, const Test& test, const StepFacts& facts,
               const StepBreach& breach, Verdict& verdict);

}  // namespace conform
