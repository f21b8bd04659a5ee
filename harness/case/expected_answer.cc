#include "case/expected_answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"
#include "contract/schema_sample.h"

namespace conform {
namespace {

constexpr std::string_view kResponses = "responses.";

bool IsAbout(std::string_view about, int status) {
  return about == fmt::format("responses.{}", status);
}

/// `2xx`, and nothing else.
bool IsAnySuccess(const StatusSet& expected) {
  StatusSet any;
  any.Add("2xx");
  return expected == any;
}

}  // namespace

bool ExpectsSuccess(const StatusSet& expected, const Contract& contract) {
  if (contract.Success().range == kAnySuccess) return IsAnySuccess(expected);
  const int success = contract.Success().status;
  const std::vector<int> named = NamedSuccesses(expected);
  return expected.Single() == success ||
         std::find(named.begin(), named.end(), success) != named.end();
}

std::vector<int> NamedSuccesses(const StatusSet& expected) {
  std::vector<int> named;
  if (!expected.HasSuccess() || expected.Single()) return named;
  for (int status = 100; status <= 599; ++status) {
    if (!expected.Contains(status)) continue;
    // A class says of no answer that it is expected.
    if (!IsSuccessStatus(status) || !expected.Names(status)) return {};
    named.push_back(status);
  }
  return named;
}

bool IsOfOtherSuccess(std::string_view about, const StatusSet& expected, int status) {
  const std::vector<int> named = NamedSuccesses(expected);
  if (named.empty()) return false;
  const bool came = std::find(named.begin(), named.end(), status) != named.end();
  return !IsAbout(about, came ? status : named.front());
}

bool ExpectsAnswer(const StatusSet& expected, std::string_view about) {
  const auto is_about = [about](int status) { return IsAbout(about, status); };
  const auto single = expected.Single();
  if (single && is_about(*single)) return true;
  const std::vector<int> named = NamedSuccesses(expected);
  if (std::any_of(named.begin(), named.end(), is_about)) return true;
  if (about == "responses.2XX") return IsAnySuccess(expected);
  return StandsForMany(about) && expected.IsRefusal();
}

bool IsOfAnswer(std::string_view about) { return about.starts_with(kResponses); }

bool StandsForMany(std::string_view about) {
  return about == "responses.4XX" || about == "responses.default";
}

bool IsOfFailures(std::string_view about) { return about == "responses.5XX"; }

std::string StatusToExpect(std::string_view about) {
  if (about == "responses.2XX") return "2xx";
  return StandsForMany(about) ? "4xx" : std::string(about.substr(kResponses.size()));
}

bool HasFailure(const StatusSet& expected) {
  for (int status = 500; status <= 599; ++status) {
    if (expected.Contains(status)) return true;
  }
  return false;
}

bool ExpectsSchema(const StatusSet& expected, const Contract& contract) {
  if (contract.method == "HEAD") return false;  // whose answer has no content
  const auto states = [&](int status) {
    const ResponseRule* rule = contract.FindResponse(status);
    return rule != nullptr && std::any_of(rule->content.begin(), rule->content.end(), PromisesJson);
  };
  if (const auto single = expected.Single()) return states(*single);
  for (int status = 100; status <= 599; ++status) {
    if (expected.Contains(status) && states(status)) return true;
  }
  return false;
}

}  // namespace conform
