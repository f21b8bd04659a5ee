#include "verdict/other_promise.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"
#include "base/utf8.h"
#include "case/expected_statuses.h"

namespace conform {
namespace {

constexpr int kNotFound = 404;
constexpr int kGone = 410;
constexpr int kTooManyRequests = 429;
constexpr int kServiceUnavailable = 503;

StatusSet ExpectedOf(const Test& test, const StepFacts& facts) {
  return ExpectedStatuses(test.test_case->steps[facts.step], *facts.scope);
}

/// Whether the step is evidence for the answer that it expects, which is promised for a condition
/// told in words.
bool VouchesForItsCondition(const Test& test, std::size_t step, const StatusSet& expected,
                            const Contract& contract) {
  // Of several successes that are named it vouches for none: whichever comes is judged.
  if (!expected.Single() && !expected.IsRefusal()) return false;
  const auto& evidence = test.plan->evidence;
  return std::any_of(evidence.begin(), evidence.end(), [&](const Evidence& each) {
    if (each.step != step || each.role != Role::kAnswer) return false;
    return std::any_of(
        contract.responses.begin(), contract.responses.end(), [&](const ResponseRule& rule) {
          return rule.when.kind == Condition::Kind::kStated && AboutOf(rule) == each.clause->about;
        });
  });
}

/// Whether the service, or what stands behind it, tells by the answer that it failed (RFC 9110
/// §15.6): `default` promises that of no condition. What a contract names besides may be one of the
/// tenant's, such as 507.
bool IsFailure(const ResponseRule& rule, int status) {
  return status == 500 || status == 502 || status == 504 || (status >= 500 && !rule.range.empty());
}

}  // namespace

std::string WhyThrottled(const Test& test, const StepFacts& facts) {
  const Response& response = *facts.exchange->last().response;
  if (response.status != kTooManyRequests && response.status != kServiceUnavailable) return "";
  // A class such as 4xx did not ask for it: only a step that names the status did.
  if (ExpectedOf(test, facts).Names(response.status)) return "";
  // Where every condition is known, an answer of the contract's own is promised or it is not.
  const Contract& contract = *test.plan->contracts[facts.step];
  const bool known = PossibleAnswers(contract, facts.known).size() == 1;
  if (known && contract.FindResponse(response.status) != nullptr) return "";
  return fmt::format("the service answered {} {}, which no step asked for", response.status,
                     ShowLine(response.reason));
}

bool IsPromisedOtherwise(const Test& test, const StepFacts& facts, int status) {
  const Contract& contract = *test.plan->contracts[facts.step];
  const StatusSet expected = ExpectedOf(test, facts);
  if (expected.empty() || expected.Contains(status)) return false;
  if (IsSuccessStatus(status) && test.plan->refused.contains(facts.step)) return false;
  if ((IsSuccessStatus(status) || status == contract.Success().status) &&
      VouchesForItsCondition(test, facts.step, expected, contract)) {
    return false;
  }
  if (facts.followed && (status == kNotFound || status == kGone)) return false;
  const auto possible = PossibleAnswers(contract, facts.known);
  return possible.size() > 1 &&
         std::any_of(possible.begin(), possible.end(), [&](const auto* rule) {
           return Covers(*rule, status) && !IsFailure(*rule, status);
         });
}

bool TellsOfAThing(const Contract& contract, int status) {
  return Covers(contract.Success(), status) || status == kNotFound;
}

}  // namespace conform
