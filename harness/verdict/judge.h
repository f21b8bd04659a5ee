// The judge: holds what crossed against what was promised.
#pragma once

#include "case/deviation.h"
#include "case/test.h"
#include "contract/catalog.h"
#include "verdict/check.h"
#include "verdict/protocol_judge.h"
#include "verdict/step_facts.h"
#include "verdict/verdict.h"

namespace conform {

/// Collects the judgements of one test, step by step. Immutable but for what Test-long calls add.
class Judge {
 public:
  /// `catalog` and `deviations` outlive the judge.
  Judge(const Catalog& catalog, const Deviations& deviations, CheckTable checks,
        JudgeOptions options);

  /// What of one step adds to `verdict`. False where the test should end here: a must was broken
  /// that no deviation accepts, or nothing can be told.
  bool JudgeStep(const Test& test, const StepFacts& facts, Verdict& verdict) const;

  /// Adds a finding for each listed clause about the step's answer; where there is none, or its
  /// breach would not be the service's, the test is inconclusive. Always false: it ends here.
  bool BreakStep(const Test& test, const StepFacts& facts, const StepBreach& breach,
                 Verdict& verdict) const;

  /// Decides the outcome. Call once, after the last step.
  void Conclude(const Test& test, Verdict& verdict) const;

  const CheckTable& checks() const { return checks_; }
  const JudgeOptions& options() const { return options_; }

 private:
  /// Says of each finding from `begin` on by which deviations it is accepted.
  void ApplyDeviations(const Test& test, std::size_t begin, Verdict& verdict) const;

  const Deviations& deviations_;
  CheckTable checks_;
  JudgeOptions options_;
  ProtocolJudge protocols_;
};

/// Of the findings from `begin` on: whether some must is broken and no deviation accepts it.
bool HasBrokenMust(const Verdict& verdict, std::size_t begin);
/// The same of one that a deviation accepts.
bool HasAcceptedMust(const Verdict& verdict, std::size_t begin);

}  // namespace conform
