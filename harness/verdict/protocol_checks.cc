#include "verdict/protocol_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/challenge.h"
#include "base/count_text.h"
#include "base/date.h"
#include "base/utf8.h"
#include "exchange/json_body.h"
#include "exchange/retry_after.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

std::string Argument(const nlohmann::json& with, const char* name) {
  return with.value(name, std::string());
}

CheckResult HeaderPresent(const Attempt& attempt, const nlohmann::json& with) {
  const std::string name = Argument(with, "name");
  const Fields& fields = attempt.response->fields;
  if (HoldsValue(fields, name)) return CheckResult::Kept();
  const bool there = FindField(fields, name) != nullptr;
  return CheckResult::Broken({"headers." + name, "a value", there ? "empty" : "absent"});
}

CheckResult HeaderEchoed(const Attempt& attempt, const nlohmann::json& with) {
  const std::string name = Argument(with, "name");
  const auto sent = CombinedValue(attempt.request.fields, name);
  if (!sent) return CheckResult::NotJudged();
  const auto got = CombinedValue(attempt.response->fields, name);
  if (got == sent) return CheckResult::Kept();
  return CheckResult::Broken({"headers." + name, Quoted(*sent), got ? Quoted(*got) : "absent"});
}

/// A field of one value: it is sent once (RFC 9110 §5.3), and each value is one that `is_good`.
template <typename IsGood>
CheckResult SingleValue(const Attempt& attempt, const std::string& name, const char* expected,
                        const IsGood& is_good) {
  const auto values = FieldValues(attempt.response->fields, name);
  if (values.empty()) return CheckResult::NotJudged();
  const auto bad = std::find_if_not(values.begin(), values.end(), is_good);
  if (bad != values.end()) {
    return CheckResult::Broken({"headers." + name, expected, Quoted(*bad)});
  }
  if (values.size() == 1) return CheckResult::Kept();
  return CheckResult::Broken({"headers." + name, fmt::format("{}, once", expected),
                              fmt::format("{} and {}", Quoted(values[0]), Quoted(values[1]))});
}

CheckResult HttpDate(const Attempt& attempt, const nlohmann::json& with) {
  return SingleValue(attempt, Argument(with, "name"), "an IMF-fixdate", [](std::string_view value) {
    // A sender writes IMF-fixdate alone; the two older forms are for recipients to read.
    const auto time = ParseHttpDate(value);
    return time && FormatHttpDate(*time) == value;
  });
}

CheckResult RetryAfterForm(const Attempt& attempt, const nlohmann::json& /*with*/) {
  return SingleValue(attempt, "Retry-After", "an HTTP-date or whole seconds",
                     [](std::string_view value) { return ParseRetryAfter(value).has_value(); });
}

CheckResult ChallengePresent(const Attempt& attempt, const nlohmann::json& with) {
  const std::string name = Argument(with, "name");
  const auto value = CombinedValue(attempt.response->fields, name);
  if (!ChallengeSchemes(attempt.response->fields, name).empty()) return CheckResult::Kept();
  const bool empty = !HoldsValue(attempt.response->fields, name);
  return CheckResult::Broken({"headers." + name, "a challenge",
                              !value  ? "absent"
                              : empty ? "empty"
                                      : Quoted(*value)});
}

CheckResult ChallengeScheme(const Attempt& attempt, const nlohmann::json& with) {
  const std::string scheme = Argument(with, "scheme");
  constexpr const char* kField = "WWW-Authenticate";
  const auto value = CombinedValue(attempt.response->fields, kField);
  const auto schemes = ChallengeSchemes(attempt.response->fields, kField);
  if (schemes.empty()) return CheckResult::NotJudged();  // another clause's breach
  for (const std::string& each : schemes) {
    if (SameFieldName(each, scheme)) return CheckResult::Kept();
  }
  return CheckResult::Broken(
      {"headers.WWW-Authenticate", fmt::format("a {} challenge", scheme), Quoted(*value)});
}

CheckResult JsonContent(const Attempt& attempt, const nlohmann::json& /*with*/) {
  const JsonBody& body = ReadJsonBody(*attempt.response);
  if (body.unreadable) return CheckResult::NotJudged();
  // RFC 8259 §8.1: a reader may pass over it, a sender must not send it.
  const std::string actual = body.marked ? "a byte order mark before JSON" : body.error;
  if (actual.empty()) return CheckResult::Kept();
  return CheckResult::Broken({"body", "JSON", actual});
}

CheckResult JsonUniqueNames(const Attempt& attempt, const nlohmann::json& /*with*/) {
  const JsonBody& body = ReadJsonBody(*attempt.response);
  if (body.unreadable || !body.error.empty()) return CheckResult::NotJudged();
  if (!body.repeated) return CheckResult::Kept();
  return CheckResult::Broken({"body" + *body.repeated, "a name of its own", "there twice"});
}

CheckResult NoContent(const Attempt& attempt, const nlohmann::json& /*with*/) {
  const std::size_t bytes = attempt.response->body_bytes;
  if (bytes == 0) return CheckResult::Kept();
  return CheckResult::Broken({"body", "none", CountOf(bytes, "byte")});
}

/// RFC 9110 §15.3.7: of several parts each has a field of its own.
CheckResult ContentRange(const Attempt& attempt, const nlohmann::json& /*with*/) {
  const Fields& fields = attempt.response->fields;
  const Field* const type = FindField(fields, "Content-Type");
  const bool parts =
      type != nullptr && SameFieldName(WithoutParameters(type->value), "multipart/byteranges");
  if (parts || HoldsValue(fields, "Content-Range")) return CheckResult::Kept();
  const bool there = FindField(fields, "Content-Range") != nullptr;
  return CheckResult::Broken({"headers.Content-Range", "a value", there ? "empty" : "absent"});
}

/// The error object's own clauses: content that is called JSON and is none is another's breach.
const JsonBody* ReadErrorBody(const Attempt& attempt) {
  const JsonBody& body = ReadJsonBody(*attempt.response);
  if (body.unreadable) return nullptr;
  if (!body.error.empty() && IsJson(attempt.response->fields)) return nullptr;
  return &body;
}

bool IsErrorObject(const JsonBody& body) {
  return body.value.contains("error") && body.value["error"].is_object();
}

CheckResult ErrorObject(const Attempt& attempt, const nlohmann::json& /*with*/) {
  const JsonBody* const body = ReadErrorBody(attempt);
  if (body == nullptr) return CheckResult::NotJudged();
  if (IsErrorObject(*body)) return CheckResult::Kept();
  std::string actual = attempt.response->body.empty() ? "absent" : body->error;
  if (actual.empty()) {
    actual = body->value.contains("error") ? ShowJson(body->value["error"]) : "absent";
  }
  return CheckResult::Broken({"body/error", "an object", actual});
}

CheckResult ErrorMember(const Attempt& attempt, const nlohmann::json& with) {
  const std::string name = Argument(with, "name");
  const JsonBody* const body = ReadErrorBody(attempt);
  if (body == nullptr || !IsErrorObject(*body)) return CheckResult::NotJudged();
  const nlohmann::json& error = body->value["error"];
  const bool present = error.contains(name);
  if (present && error[name].is_string() && !error[name].get_ref<const std::string&>().empty()) {
    return CheckResult::Kept();
  }
  return CheckResult::Broken(
      {"body/error/" + name, "a non-empty string", present ? ShowJson(error[name]) : "absent"});
}

CheckResult ErrorMediaType(const Attempt& attempt, const nlohmann::json& /*with*/) {
  const JsonBody* const body = ReadErrorBody(attempt);
  const Field* type = FindField(attempt.response->fields, "Content-Type");
  if (body == nullptr || !IsErrorObject(*body) || type == nullptr) return CheckResult::NotJudged();
  if (IsJson(attempt.response->fields)) return CheckResult::Kept();
  return CheckResult::Broken({"headers.Content-Type", "application/json", Quoted(type->value)});
}

/// Broken by any observation that the clause names; kept by an answer without one.
CheckResult NotObserved(const Attempt& attempt, const nlohmann::json& with) {
  if (attempt.observations.empty()) return CheckResult::Kept();
  const auto names = with.find("names");
  for (const Observation& observation : attempt.observations) {
    if (names == with.end()) break;
    if (std::find(names->begin(), names->end(), observation.name) == names->end()) continue;
    return CheckResult::Broken({fmt::format("wire/{}", observation.name),
                                "none",
                                ShowLine(observation.detail, 120),
                                {},
                                fmt::format("at byte {}", observation.offset)});
  }
  return CheckResult::Kept();
}

bool Names(const std::vector<std::string>& methods, const std::string& method) {
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

}  // namespace

std::map<std::string, ProtocolCheck, std::less<>> ProtocolChecks() {
  const CheckArgument name{"name"};
  return {
      {"challenge_present", {ChallengePresent, {name}}},
      {"challenge_scheme", {ChallengeScheme, {{"scheme"}}}},
      {"content_range", {ContentRange}},
      {"error_media_type", {ErrorMediaType}},
      {"error_member", {ErrorMember, {name}}},
      {"error_object", {ErrorObject}},
      {"header_echoed", {HeaderEchoed, {name}}},
      {"header_present", {HeaderPresent, {name}}},
      {"http_date", {HttpDate, {name}}},
      {"json_content", {JsonContent}},
      {"json_unique_names", {JsonUniqueNames}},
      {"no_content", {NoContent}},
      {"not_observed", {NotObserved, {{"names", CheckArgument::Kind::kObservations}}}},
      {"retry_after", {RetryAfterForm}},
  };
}

bool Matches(const ExchangeFilter& filter, const Attempt& attempt) {
  const Response& response = *attempt.response;
  if (!filter.status.empty() && !filter.status.Contains(response.status)) return false;
  if (filter.not_status.Contains(response.status)) return false;
  if (!filter.methods.empty() && !Names(filter.methods, attempt.request.method)) return false;
  if (Names(filter.not_methods, attempt.request.method)) return false;
  if (filter.content && *filter.content == response.body.empty()) return false;
  return filter.media_type != "json" || IsJson(response.fields);
}

}  // namespace conform
