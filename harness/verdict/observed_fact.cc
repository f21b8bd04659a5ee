#include "verdict/observed_fact.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "exchange/json_body.h"
#include "verdict/expectation_checks.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kHeaders = "headers.";
constexpr std::string_view kBody = "body.";

}  // namespace

std::string Observe(const Attempt& attempt, std::string_view name) {
  if (!attempt.response) return std::string(kAbsent);
  const Response& response = *attempt.response;
  if (name == "status") return std::to_string(response.status);
  if (name == "duration") {
    const auto time = attempt.times.last_byte.value_or(std::chrono::microseconds{});
    return fmt::format("{:.1f} ms", static_cast<double>(time.count()) / 1000.0);
  }
  if (name.substr(0, kHeaders.size()) == kHeaders) {
    const auto value = CombinedValue(response.fields, name.substr(kHeaders.size()));
    return value ? ShowLine(*value) : std::string(kAbsent);
  }
  const JsonBody& body = ReadJsonBody(response);  // holds nothing where it is no JSON
  std::string pointer = "/" + std::string(name.substr(kBody.size()));
  std::replace(pointer.begin(), pointer.end(), '.', '/');
  try {
    const nlohmann::json::json_pointer path(pointer);
    if (body.value.contains(path)) return ShowJson(body.value.at(path));
  } catch (const nlohmann::json::exception&) {
    return std::string(kAbsent);  // an index that is no number
  }
  return std::string(kAbsent);
}

void RecordObserved(const Step& step, const Attempt& attempt, Verdict& verdict) {
  for (const std::string& name : step.observe) {
    verdict.observed.push_back({step.name, name, Observe(attempt, name)});
  }
  std::vector<std::string> documented;
  for (const Expectation& expectation : step.expectations) {
    if (expectation.subject == Expectation::Subject::kClosedBody) return;
    if (expectation.subject == Expectation::Subject::kBodyJson) {
      documented.push_back(expectation.name);
    }
  }
  if (documented.empty() || !attempt.response) return;
  // What is no JSON, or is not read, has no members.
  const auto undocumented = FindUndocumented(ReadJsonBody(*attempt.response).value, documented);
  if (undocumented.empty()) return;
  verdict.observed.push_back({step.name, "body.undocumented", ListMembers(undocumented)});
}

}  // namespace conform
