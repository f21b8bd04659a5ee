// The judge: holds what crossed against what was promised.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "case/deviation.h"
#include "case/test.h"
#include "contract/catalog.h"
#include "exchange/exchange.h"
#include "verdict/check.h"
#include "verdict/condition.h"
#include "verdict/verdict.h"

namespace conform {

struct JudgeOptions {
  std::map<std::string, Strength> softened;  ///< protocol set -> the most it can weigh here.
  std::string profile;                       ///< whose deviations apply.
  bool strict = false;                       ///< a broken should fails.
};

/// One step's exchange and what was known before it.
struct StepFacts {
  std::size_t step = 0;
  const Exchange* exchange = nullptr;
  const Scope* scope = nullptr;
  TenantKnowledge known;
  /// More answers of the step follow: only its status and what every exchange keeps are judged.
  bool goes_on = false;
  /// The step tolerates this answer: only what every exchange keeps is judged.
  bool tolerated = false;
};

/// A protocol clause that weighs something here, and what judging it needs.
struct AppliedClause {
  const ProtocolClause* clause = nullptr;
  Strength strength = Strength::kMust;
  ProtocolCheck check;
  ClauseKey key;
};

/// How a step of several exchanges failed as a whole.
struct StepBreach {
  Mismatch mismatch;
  Span span;
};

/// Collects the judgements of one test, step by step. Immutable but for what Test-long calls add.
class Judge {
 public:
  /// `catalog` and `deviations` outlive the judge.
  Judge(const Catalog& catalog, const Deviations& deviations, CheckTable checks,
        JudgeOptions options);

  /// What of one step adds to `verdict`. False where the test should end here: a must was broken,
  /// or nothing can be told.
  bool JudgeStep(const Test& test, const StepFacts& facts, Verdict& verdict) const;

  /// Adds a finding for each listed clause about the step's answer; where there is none, or its
  /// breach would not be the service's, the test is inconclusive. Always false: it ends here.
  bool BreakStep(const Test& test, const StepFacts& facts, const StepBreach& breach,
                 Verdict& verdict) const;

  /// Applies deviations and decides the outcome. Call once, after the last step.
  void Conclude(const Test& test, Verdict& verdict) const;

  const CheckTable& checks() const { return checks_; }
  const JudgeOptions& options() const { return options_; }

 private:
  const Deviations& deviations_;
  CheckTable checks_;
  JudgeOptions options_;
  std::vector<AppliedClause> applied_;
};

/// A diagnostic for each protocol clause that names a check which the table has not.
void RequireChecks(const Catalog& catalog, const CheckTable& checks, Diagnostics& diagnostics);

}  // namespace conform
