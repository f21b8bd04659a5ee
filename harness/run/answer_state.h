// Takes values out of an answer, for later steps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/redactor.h"
#include "case/case.h"
#include "contract/contract.h"
#include "exchange/exchange.h"
#include "verdict/verdict.h"

namespace conform {

/// Puts what `step` captures into the scope, secrets also into the redactor. The error names
/// those that the answer has not; the others are taken. Of a refusal that the step does not expect
/// secrets alone are taken: it made nothing, so that what it names was there before, and is
/// another's.
Expected<bool> TakeCaptures(const Step& step, const Response& response, Redactor& redactor,
                            Scope& scope);

/// Whether the documented request was answered with its success, or as one that a deviation
/// accepts.
bool HadSuccess(const Contract& contract, const std::string& step, const Attempt& attempt,
                const Verdict& verdict);

/// Where a poll stands after an answer.
struct PollState {
  enum class Kind { kMet, kWaiting, kFailed };
  Kind kind = Kind::kMet;
  std::string subject;   ///< of what is not met yet, or failed: `body/status`.
  std::string expected;  ///< reads after "promises".
  std::string actual;
  Span span;
};

/// An answer that is no JSON meets nothing.
PollState LookAt(const PollSpec& poll, const Response& response, const Scope& scope);

}  // namespace conform
