#include "case/refusal_reason.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "contract/media_range.h"

namespace conform {
namespace {

struct SentRequest {
  const Case& test_case;
  const Row* row;
  const Step& step;
  const Contract& contract;
  const BrokenFacts& broken;
};

bool HasGoodToken(const SentRequest& sent) {
  const auto& parameters = sent.contract.parameters;
  const bool key_missing =
      std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& each) {
        return each.key && sent.broken.facts.count("parameters." + each.name) > 0;
      });
  const bool asked = sent.contract.FindHeader("Authorization") != nullptr ||
                     std::any_of(parameters.begin(), parameters.end(),
                                 [](const Parameter& each) { return each.key; });
  return asked && sent.broken.valid_token && !key_missing;
}

/// RFC 9110 §13.1.
bool IsConditional(std::string_view name) {
  const std::string lower = ToLower(name);
  return lower == "if-match" || lower == "if-none-match" || lower == "if-modified-since" ||
         lower == "if-unmodified-since" || lower == "if-range";
}

bool IsUnconditional(const SentRequest& sent) {
  const auto& headers = sent.step.request.headers;
  return std::none_of(headers.begin(), headers.end(),
                      [](const HeaderSpec& each) { return IsConditional(each.name); });
}

bool IsConditionalAsAsked(const SentRequest& sent) {
  const auto& parameters = sent.contract.parameters;
  return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& each) {
    return each.required && IsConditional(each.name) &&
           sent.broken.facts.count("parameters." + each.name) == 0;
  });
}

bool HasDocumentedType(const SentRequest& sent) {
  return IsOneOf(sent.contract.request_body.content,
                 SentMediaType(sent.test_case, sent.row, sent.step).value_or(""));
}

struct RefusalReason {
  int status;
  bool (*keeps)(const SentRequest& sent);
  std::string_view rule;
};

constexpr std::array kRefusalReasons = {
    RefusalReason{401, HasGoodToken, "its request bears a good token"},
    RefusalReason{412, IsUnconditional, "its request has no condition, such as If-Match"},
    RefusalReason{415, HasDocumentedType, "its content is of a documented media type"},
    RefusalReason{428, IsConditionalAsAsked, "its request has the condition that is asked for"},
};

}  // namespace

std::string_view RuleKept(int status, const Case& test_case, const Row* row, const Step& step,
                          const Contract& contract, const BrokenFacts& broken) {
  for (const RefusalReason& reason : kRefusalReasons) {
    if (reason.status != status) continue;
    if (reason.keeps({test_case, row, step, contract, broken})) return reason.rule;
  }
  return "";
}

}  // namespace conform
