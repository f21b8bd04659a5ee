// Holds one step's exchange against what was promised.
#pragma once

#include "verdict/judge.h"

namespace conform {

/// What Judge::JudgeStep promises, with all that it needs handed in.
bool JudgeStep(const ProtocolJudge& protocols, const CheckTable& checks,
               const JudgeOptions& options, const Test& test, const StepFacts& facts,
               Verdict& verdict);

/// What Judge::BreakStep promises.
bool BreakStep(const ProtocolJudge& protocols, const CheckTable& checks,
               const JudgeOptions& options, const Test& test, const StepFacts& facts,
               const StepBreach& breach, Verdict& verdict);

}  // namespace conform
