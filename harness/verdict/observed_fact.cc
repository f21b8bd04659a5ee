#include "verdict/observed_fact.h"

#include <fmt/format.h>

#include <vector>

#include "base/json_pointer.h"
#include "base/utf8.h"
#include "exchange/json_body.h"
#include "verdict/expectation_checks.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kHeaders = "headers.";
constexpr std::string_view kBody = "body.";

/// The member at `a.b.0`. A name may hold dots itself, as `@odata.nextLink` does: of those that fit
/// the longest is taken. Null where there is none.
const nlohmann::json* FindByDots(const nlohmann::json& value, std::string_view path) {
  for (std::size_t end = path.size(); end != std::string_view::npos;
       end = end == 0 ? std::string_view::npos : path.rfind('.', end - 1)) {
    const std::string name(path.substr(0, end));
    const nlohmann::json* const inner = FindMember(value, '/' + EscapePointerName(name));
    if (inner == nullptr) continue;
    if (end == path.size()) return inner;
    if (const auto* const found = FindByDots(*inner, path.substr(end + 1))) return found;
  }
  return nullptr;
}

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
  const nlohmann::json* const member = FindByDots(body.value, name.substr(kBody.size()));
  return member == nullptr ? std::string(kAbsent) : ShowJsonSize(*member);
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
