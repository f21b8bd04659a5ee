#include "verdict/other_promise.h"

#include <algorithm>

#include "base/http_text.h"
#include "case/expected_statuses.h"

namespace conform {
namespace {

constexpr int kNotFound = 404;

/// Whether the step is evidence for an answer that is promised for a condition told in words.
bool VouchesForItsCondition(const Test& test, std::size_t step, const Contract& contract) {
  const auto& evidence = test.plan->evidence;
  return std::any_of(evidence.begin(), evidence.end(), [&](const Evidence& each) {
    if (each.step != step || each.role != Role::kAnswer) return false;
    return std::any_of(
        contract.responses.begin(), contract.responses.end(), [&](const ResponseRule& rule) {
          return rule.when.kind == Condition::Kind::kStated && AboutOf(rule) == each.clause->about;
        });
  });
}

}  // namespace

bool IsPromisedOtherwise(const Test& test, const StepFacts& facts, int status) {
  const Contract& contract = *test.plan->contracts[facts.step];
  const StatusSet expected = ExpectedStatuses(test.test_case->steps[facts.step], *facts.scope);
  if (expected.empty() || expected.Contains(status)) return false;
  if (IsSuccessStatus(status)) {
    if (test.plan->refused.contains(facts.step)) return false;
    if (expected.IsRefusal() && VouchesForItsCondition(test, facts.step, contract)) return false;
  }
  const auto possible = PossibleAnswers(contract, facts.known);
  return possible.size() > 1 &&
         std::any_of(possible.begin(), possible.end(),
                     [&](const auto* rule) { return Covers(*rule, status); });
}

bool TellsOfAThing(const Contract& contract, int status) {
  return status == contract.Success().status || status == kNotFound;
}

}  // namespace conform
