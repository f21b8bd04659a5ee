#include "verdict/expectation_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "case/expected_statuses.h"
#include "contract/json_schema.h"
#include "contract/status_set.h"
#include "exchange/json_body.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;

constexpr std::size_t kShownMembers = 5;
constexpr std::string_view kSetCookie = "Set-Cookie";  // its lines make no list: RFC 9110 §5.3

CheckResult CheckStatus(const Expectation& expectation, const Response& response,
                        const Scope& scope) {
  StatusSet expected;
  AddStatuses(expectation, scope, expected);
  if (expected.Contains(response.status)) return CheckResult::Kept();
  return CheckResult::Broken({"status", expected.Describe(), std::to_string(response.status)});
}

CheckResult Told(std::optional<Mismatch> mismatch) {
  return mismatch ? CheckResult::Broken(std::move(*mismatch)) : CheckResult::Kept();
}

CheckResult CheckHeader(const Expectation& expectation, const Response& response,
                        const Scope& scope) {
  const std::string subject = "headers." + expectation.name;
  const auto told = [&](const std::optional<std::string>& value) {
    return CompareText(subject, value ? &*value : nullptr, expectation.value, scope);
  };
  const auto combined = CombinedValue(response.fields, expectation.name);
  const bool may_be_any = expectation.value.kind != ValueRule::Kind::kAbsent;
  if (!combined || !may_be_any || !SameFieldName(expectation.name, kSetCookie)) {
    return Told(told(combined));
  }
  std::optional<Mismatch> of_last;
  for (const std::string_view each : FieldValues(response.fields, kSetCookie)) {
    of_last = told(std::string(each));
    if (!of_last) return CheckResult::Kept();
  }
  of_last->actual = Quoted(*combined);
  return Told(std::move(of_last));
}

CheckResult CheckNoBody(const Expectation& /*expectation*/, const Response& response,
                        const Scope& /*scope*/) {
  if (response.body.empty()) return CheckResult::Kept();
  return CheckResult::Broken({"body", "none", fmt::format("{} bytes", response.body.size())});
}

CheckResult CheckBodyJson(const Expectation& expectation, const Response& response,
                          const Scope& scope) {
  const JsonBody& body = ReadJsonBody(response);
  const std::string subject = "body" + expectation.name;
  if (body.unreadable) return CheckResult::NotJudged();
  // Of the content as a whole: it is told once, however many members are expected.
  if (!body.error.empty()) return CheckResult::Broken({"body", "JSON", body.error});
  return Told(
      CompareJson(subject, FindMember(body.value, expectation.name), expectation.value, scope));
}

CheckResult CheckBodyText(const Expectation& expectation, const Response& response,
                          const Scope& scope) {
  if (response.body_cut || response.still_coded) return CheckResult::NotJudged();
  const ValueRule::Kind kind = expectation.value.kind;
  const bool asks_whether_any =
      kind == ValueRule::Kind::kExists || kind == ValueRule::Kind::kAbsent;
  const bool is_none = asks_whether_any && response.decoded_body.empty();
  return Told(
      CompareText("body", is_none ? nullptr : &response.decoded_body, expectation.value, scope));
}

CheckResult CheckErrorMember(const Expectation& expectation, const Response& response,
                             const Scope& scope) {
  Expectation member = expectation;
  member.name = "/error/" + expectation.name;
  return CheckBodyJson(member, response, scope);
}

CheckResult CheckClosedBody(const Expectation& expectation, const Response& response,
                            const Scope& /*scope*/) {
  const JsonBody& body = ReadJsonBody(response);
  // Content that is no JSON is what the expectations beside it tell.
  if (body.unreadable || !body.error.empty()) return CheckResult::NotJudged();
  const auto undocumented = FindUndocumented(body.value, expectation.documented);
  if (undocumented.empty()) return CheckResult::Kept();
  return CheckResult::Broken({"body.undocumented", "none", ListMembers(undocumented)});
}

Mismatch Tell(const SchemaBreach& breach, const nlohmann::json& content) {
  const nlohmann::json* at = FindMember(content, breach.pointer);
  std::string expected = "what its schema says: " + ShowLine(breach.message);
  // Not of what was seen, which a deviation accepts however many items break it.
  if (breach.more > 0) {
    expected += breach.counted ? fmt::format(" (the first of {} places)", breach.more + 1)
                               : fmt::format(" (the first of more than {} places)", breach.more);
  }
  return {"body" + breach.pointer, std::move(expected), at == nullptr ? "absent" : ShowJson(*at)};
}

CheckResult CheckBodySchema(const Expectation& expectation, const Response& response,
                            const Scope& /*scope*/) {
  return HoldToSchema(*expectation.schema, response);
}

}  // namespace

CheckResult HoldToSchema(const JsonSchema& schema, const Response& response) {
  const JsonBody& body = ReadJsonBody(response);
  if (body.unreadable) return CheckResult::NotJudged();
  if (!body.error.empty()) return CheckResult::Broken({"body", "JSON", body.error});
  const SchemaBreaches found = schema.Judge(body.value);
  if (!found.unjudged.empty()) {
    return CheckResult::NotJudged(
        fmt::format("the content was not held against its schema: {}", found.unjudged));
  }
  std::vector<Mismatch> told;
  for (const SchemaBreach& each : found.kinds) told.push_back(Tell(each, body.value));
  if (!found.all) {
    told.push_back({"body",
                    "content that breaks its schema at no more kinds of places than are told",
                    fmt::format("content with more than {}", told.size())});
  }
  return CheckResult::BrokenAt(std::move(told));
}

std::string ListMembers(const std::vector<std::string>& pointers) {
  std::string text;
  for (std::size_t i = 0; i < std::min(pointers.size(), kShownMembers); ++i) {
    text += (i == 0 ? "" : ", ") + ShowLine(pointers[i], 60);
  }
  if (pointers.size() > kShownMembers) {
    text += fmt::format(" and {} more", pointers.size() - kShownMembers);
  }
  return text;
}

std::map<Subject, ExpectationCheck> ExpectationChecks() {
  return {{Subject::kStatus, CheckStatus},           {Subject::kHeader, CheckHeader},
          {Subject::kNoBody, CheckNoBody},           {Subject::kBodyJson, CheckBodyJson},
          {Subject::kErrorMember, CheckErrorMember}, {Subject::kBodySchema, CheckBodySchema},
          {Subject::kClosedBody, CheckClosedBody},   {Subject::kBodyText, CheckBodyText}};
}

}  // namespace conform
