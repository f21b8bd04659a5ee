#include "verdict/answer_promises.h"

#include <algorithm>

#include "base/http_text.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"
#include "verdict/expectation_checks.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;

constexpr const char* kContentType = "Content-Type";
constexpr const char* kTakenOut = "Set-Cookie";  // of many recordings, since it holds secrets

/// Whether the case's own expectations judge the field: of one that is there they ask for more than
/// that; of one that is not they ask for it, and tell that it is missed.
bool IsJudgedByCase(const std::vector<Expectation>& named, std::string_view name, bool there) {
  return std::any_of(named.begin(), named.end(), [&](const Expectation& each) {
    return each.subject == Subject::kHeader && SameFieldName(each.name, name) &&
           each.value.kind != (there ? ValueRule::Kind::kExists : ValueRule::Kind::kAbsent);
  });
}

bool IsRequired(const ResponseHeader& header, bool recorded) {
  return header.required && !(recorded && SameFieldName(header.name, kTakenOut));
}

/// A text of no characters is a text; of JSON there is always something.
bool MayBeEmpty(const std::vector<MediaContent>& content) {
  return !std::all_of(content.begin(), content.end(),
                      [](const MediaContent& each) { return IsJsonType(each.media_type); });
}

std::string ListTypes(const std::vector<MediaContent>& content) {
  std::string text;
  for (const MediaContent& each : content) {
    text += (text.empty() ? "" : " or ") + Quoted(each.media_type);
  }
  return text;
}

/// It is no list: who sends it twice means nothing by it (RFC 9110 §5.3).
std::string ListSent(const std::vector<std::string_view>& types) {
  std::string text;
  for (const std::string_view each : types) text += (text.empty() ? "" : " and ") + Quoted(each);
  return text;
}

/// Where the answer does not say of which it is, that of JSON, or that of any type where JSON was
/// asked for.
const MediaContent* FindContentOf(const ResponseRule& rule, const Field* type, bool asked) {
  if (type != nullptr) return FindContent(rule.content, type->value);
  const auto find = [&](const auto& is_it) {
    const auto found = std::find_if(rule.content.begin(), rule.content.end(), is_it);
    return found == rule.content.end() ? nullptr : &*found;
  };
  const MediaContent* json = find([](const auto& each) { return IsJsonType(each.media_type); });
  return json == nullptr && asked ? find(PromisesJson) : json;
}

/// Of HEAD, and of several statuses one that says so (RFC 9110 §6.4.1, §15.3.6).
bool NeverHasContent(const ResponseRule& rule, const Attempt& attempt) {
  const int status = attempt.response->status;
  return attempt.request.method == "HEAD" ||
         (!rule.range.empty() && (status == 204 || status == 205));
}

}  // namespace

bool HidesPromises(const ResponseRule& rule, const Attempt& attempt, bool recorded) {
  if (!recorded || !attempt.response->fields.empty()) return false;
  return std::any_of(rule.headers.begin(), rule.headers.end(),
                     [](const auto& each) { return IsRequired(each, /*recorded=*/true); }) ||
         (!rule.content.empty() && !attempt.response->body.empty());
}

std::vector<Mismatch> FindBrokenPromises(const ResponseRule& rule, const Attempt& attempt,
                                         const std::vector<Expectation>& named, bool recorded) {
  const Response& response = *attempt.response;
  std::vector<Mismatch> broken;
  const bool hidden = HidesPromises(rule, attempt, recorded);
  for (const ResponseHeader& header : rule.headers) {
    if (hidden) break;
    const bool there = FindField(response.fields, header.name) != nullptr;
    if (!IsRequired(header, recorded) || IsJudgedByCase(named, header.name, there)) continue;
    if (HoldsValue(response.fields, header.name)) continue;
    broken.push_back({"headers." + header.name, "a value", there ? "empty" : "absent"});
  }
  const bool none = std::any_of(named.begin(), named.end(), [](const Expectation& each) {
    return each.subject == Subject::kNoBody;
  });
  if (rule.content.empty() || none || NeverHasContent(rule, attempt)) return broken;
  const auto types = FieldValues(response.fields, kContentType);
  if (response.body.empty()) {
    if (!MayBeEmpty(rule.content)) broken.push_back({"body", ListTypes(rule.content), "none"});
  } else if (!hidden && !IsJudgedByCase(named, kContentType, !types.empty()) &&
             (types.size() != 1 || !IsOneOf(rule.content, types.front()))) {
    broken.push_back({std::string("headers.") + kContentType, ListTypes(rule.content),
                      types.empty() ? "absent" : ListSent(types)});
  }
  return broken;
}

CheckResult HoldToPromisedSchema(const Contract& contract, const Attempt& attempt) {
  const Response& response = *attempt.response;
  const ResponseRule* rule = contract.FindResponse(response.status);
  if (rule == nullptr || rule->content.empty() || NeverHasContent(*rule, attempt)) {
    return CheckResult::Kept();
  }
  const Field* type = FindField(response.fields, kContentType);
  const Field* accept = FindField(attempt.request.fields, "Accept");
  const bool asked = accept != nullptr && IsJsonType(accept->value);
  const MediaContent* content = FindContentOf(*rule, type, asked);
  if (content == nullptr && type != nullptr) {
    return CheckResult::NotJudged("the contract states nothing of content of type " +
                                  Quoted(type->value));
  }
  if (content == nullptr || content->compiled == nullptr) return CheckResult::Kept();
  const bool is_json =
      type == nullptr || IsJsonType(type->value) || (asked && PromisesJson(*content));
  if (!is_json) return CheckResult::Kept();
  return HoldToSchema(*content->compiled, response);
}

}  // namespace conform
