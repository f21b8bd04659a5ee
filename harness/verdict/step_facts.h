// What the judge is told of a step, and of where it judges.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "case/test.h"
#include "exchange/exchange.h"
#include "verdict/check.h"
#include "verdict/condition.h"

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
  /// The answer is that to an address which the service itself named for the next page.
  bool followed = false;
  /// Read from a recording, out of which what holds secrets is often taken.
  bool recorded = false;
};

/// How a step of several exchanges failed as a whole.
struct StepBreach {
  Mismatch mismatch;
  Span span;
};

}  // namespace conform
