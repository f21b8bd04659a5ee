#include "verdict/refusal_cause.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

/// Of who asks, of a proxy, of the connection or of how often was asked (RFC 9110 §15.5.2, §15.5.4,
/// §15.5.8, §15.5.9; RFC 6585 §4).
constexpr int kOfOthers[] = {401, 403, 407, 408, 429};
/// Of the thing that is asked for (RFC 9110 §15.5.5, §15.5.10, §15.5.11; RFC 4918 §11.3).
constexpr int kOfTheThing[] = {404, 409, 410, 423};

template <typename Statuses>
bool IsAmong(const Statuses& statuses, int status) {
  return std::find(std::begin(statuses), std::end(statuses), status) != std::end(statuses);
}

bool IsOfTheCaller(std::string_view fact, const Contract& contract) {
  constexpr std::string_view kParameters = "parameters.";
  if (fact == "headers.Authorization" || fact.starts_with("permissions.")) return true;
  if (!fact.starts_with(kParameters)) return false;
  const Parameter* parameter = contract.FindParameter(fact.substr(kParameters.size()));
  return parameter != nullptr && parameter->key;
}

bool IsOfTheAddress(std::string_view fact) {
  return fact == "method" || fact == "path" || fact == "server";
}

/// Told in words, whether a condition is what the request breaks is known by the status alone.
bool IsOfAnotherCondition(const ResponseRule& rule, std::string_view fact) {
  if (rule.when.kind == Condition::Kind::kSuccess) return false;
  if (rule.when.kind != Condition::Kind::kStated) return true;
  return IsAmong(kOfTheThing, rule.status) && !IsOfTheAddress(fact);
}

}  // namespace

std::string DescribePromise(int status) {
  return fmt::format(
      "status is {}, which the contract promises for a condition that cannot be excluded", status);
}

std::string FindOtherCause(int status, std::string_view fact, const Contract& contract,
                           const TenantKnowledge& known) {
  // Without the thing there is no tag that If-Match could be held against.
  const bool nothing_there = fact == kIfMatch && status == 404;
  if (nothing_there || (IsAmong(kOfOthers, status) && !IsOfTheCaller(fact, contract))) {
    return fmt::format("status is {}, which may have another cause than {}", status, fact);
  }
  for (const ResponseRule* rule : PossibleAnswers(contract, known)) {
    if (!rule->range.empty() || rule->status != status) continue;
    if (IsOfAnotherCondition(*rule, fact)) return DescribePromise(status);
  }
  return "";
}

}  // namespace conform
