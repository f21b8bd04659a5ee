#include "verdict/expectation_checks.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/utf8.h"
#include "contract/status_set.h"
#include "verdict/json_body.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;
using Kind = ValueRule::Kind;

std::string Quoted(std::string_view text) { return fmt::format("'{}'", ShowLine(text, 80)); }

CheckResult CheckStatus(const Expectation& expectation, const Response& response,
                        const Scope& scope) {
  StatusSet expected;
  for (const TextTemplate& status : expectation.statuses) {
    expected.Add(Resolve(status.text, scope).value_or(""));
  }
  if (expected.Contains(response.status)) return CheckResult::Kept();
  return CheckResult::Broken({"status", expected.Describe(), std::to_string(response.status)});
}

/// Holds a text, or its absence, against a rule.
std::optional<Mismatch> CompareText(const std::string& subject, const std::string* actual,
                                    const ValueRule& rule, const Scope& scope) {
  const std::string shown = actual == nullptr ? "absent" : Quoted(*actual);
  switch (rule.kind) {
    case Kind::kExists:
      if (actual == nullptr) return Mismatch{subject, "a value", shown};
      return std::nullopt;
    case Kind::kAbsent:
      if (actual != nullptr) return Mismatch{subject, "none", shown};
      return std::nullopt;
    case Kind::kMatches:
      if (actual == nullptr || !re2::RE2::PartialMatch(*actual, *rule.pattern)) {
        return Mismatch{subject, fmt::format("a match of {}", Quoted(rule.pattern->pattern())),
                        shown};
      }
      return std::nullopt;
    case Kind::kEquals: {
      const nlohmann::json expected = ResolveJson(rule.equals, scope).value_or(nlohmann::json());
      const std::string text = expected.is_string() ? expected.get<std::string>() : expected.dump();
      if (actual == nullptr || *actual != text) return Mismatch{subject, Quoted(text), shown};
      return std::nullopt;
    }
  }
  return std::nullopt;
}

CheckResult Told(std::optional<Mismatch> mismatch) {
  return mismatch ? CheckResult::Broken(std::move(*mismatch)) : CheckResult::Kept();
}

CheckResult CheckHeader(const Expectation& expectation, const Response& response,
                        const Scope& scope) {
  const Field* field = FindField(response.fields, expectation.name);
  return Told(CompareText("headers." + expectation.name, field == nullptr ? nullptr : &field->value,
                          expectation.value, scope));
}

CheckResult CheckNoBody(const Expectation& /*expectation*/, const Response& response,
                        const Scope& /*scope*/) {
  if (response.body.empty()) return CheckResult::Kept();
  return CheckResult::Broken({"body", "none", fmt::format("{} bytes", response.body.size())});
}

/// The member at `pointer`, or null.
const nlohmann::json* FindMember(const nlohmann::json& value, const std::string& pointer) {
  try {
    const nlohmann::json::json_pointer path(pointer);
    return value.contains(path) ? &value.at(path) : nullptr;
  } catch (const nlohmann::json::exception&) {
    return nullptr;  // no such member, or no such index
  }
}

std::optional<Mismatch> CompareJson(const std::string& subject, const nlohmann::json* actual,
                                    const ValueRule& rule, const Scope& scope) {
  if (rule.kind == Kind::kEquals) {
    const nlohmann::json expected = ResolveJson(rule.equals, scope).value_or(nlohmann::json());
    if (actual != nullptr && *actual == expected) return std::nullopt;
    return Mismatch{subject, ShowJson(expected), actual == nullptr ? "absent" : ShowJson(*actual)};
  }
  std::string text;
  if (actual != nullptr) text = actual->is_string() ? actual->get<std::string>() : actual->dump();
  return CompareText(subject, actual == nullptr ? nullptr : &text, rule, scope);
}

CheckResult CheckBodyJson(const Expectation& expectation, const Response& response,
                          const Scope& scope) {
  const JsonBody body = ReadJsonBody(response);
  const std::string subject = "body" + expectation.name;
  if (body.unreadable) return CheckResult::NotJudged();
  if (!body.error.empty()) return CheckResult::Broken({subject, "JSON", body.error});
  return Told(
      CompareJson(subject, FindMember(body.value, expectation.name), expectation.value, scope));
}

CheckResult CheckErrorMember(const Expectation& expectation, const Response& response,
                             const Scope& scope) {
  Expectation member = expectation;
  member.name = "/error/" + expectation.name;
  return CheckBodyJson(member, response, scope);
}

}  // namespace

std::map<Subject, ExpectationCheck> ExpectationChecks() {
  return {{Subject::kStatus, CheckStatus},
          {Subject::kHeader, CheckHeader},
          {Subject::kNoBody, CheckNoBody},
          {Subject::kBodyJson, CheckBodyJson},
          {Subject::kErrorMember, CheckErrorMember}};
}

}  // namespace conform
