#include "verdict/protocol_checks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

constexpr const char* kKept = "kept";
constexpr const char* kNotJudged = "not judged";

std::string TellCheck(const CheckResult& result) {
  if (!result.judged) return kNotJudged;
  if (result.mismatches.empty()) return kKept;
  const Mismatch& told = result.mismatches.front();
  return fmt::format("{} is {}, not {}", told.subject, told.actual, told.expected);
}

struct CheckRow {
  std::string name;
  std::string check;
  nlohmann::json with;
  Fields fields;
  std::string body;
  std::string told;
};

const nlohmann::json kNone = nlohmann::json::object();
const Fields kJson = {{"Content-Type", "application/json"}};
const Fields kText = {{"Content-Type", "text/html"}};

CheckRow Field1(std::string name, const char* check, nlohmann::json with, const char* field,
                const char* value, std::string told) {
  return {std::move(name), check, std::move(with), {{field, value}}, "", std::move(told)};
}

CheckRow Field2(std::string name, const char* check, nlohmann::json with, const char* field,
                const char* first, const char* second, std::string told) {
  return {std::move(name), check, std::move(with), {{field, first}, {field, second}}, "",
          std::move(told)};
}

CheckRow NoField(std::string name, const char* check, nlohmann::json with, std::string told) {
  return {std::move(name), check, std::move(with), {}, "", std::move(told)};
}

std::vector<CheckRow> PresenceRows() {
  const nlohmann::json allow = {{"name", "Allow"}};
  const nlohmann::json id = {{"name", "request-id"}};
  return {
      Field1("PresentInAnotherCase", "header_present", id, "Request-ID", "1", kKept),
      Field1("PresentButEmpty", "header_present", id, "request-id", "",
             "headers.request-id is empty, not a value"),
      Field2("PresentBehindAnEmptyOne", "header_present", id, "request-id", "", "1", kKept),
      Field1("PresentAsAnEmptyList", "header_present", id, "request-id", " , ",
             "headers.request-id is empty, not a value"),
      NoField("PresentIsAbsent", "header_present", id, "headers.request-id is absent, not a value"),
      Field1("AllowMayBeEmpty", "header_present", allow, "Allow", "", kKept),
      NoField("AllowIsAbsent", "header_present", allow, "headers.Allow is absent, not a value"),
      Field1("Echoed", "header_echoed", {{"name", "Accept"}}, "Accept", "application/json", kKept),
      Field1("EchoedOtherwise", "header_echoed", {{"name", "Accept"}}, "Accept", "application/JSON",
             "headers.Accept is 'application/JSON', not 'application/json'"),
      NoField("NotEchoed", "header_echoed", {{"name", "Accept"}},
              "headers.Accept is absent, not 'application/json'"),
      NoField("NothingToEcho", "header_echoed", {{"name", "client-request-id"}}, kNotJudged),
  };
}

std::vector<CheckRow> TimeRows() {
  const nlohmann::json date = {{"name", "Date"}};
  const auto no_date = [](const char* value) {
    return fmt::format("headers.Date is '{}', not an IMF-fixdate", value);
  };
  const auto no_wait = [](const char* value) {
    return fmt::format("headers.Retry-After is '{}', not an HTTP-date or whole seconds", value);
  };
  return {
      Field1("DateIsImfFixdate", "http_date", date, "Date", "Sun, 06 Nov 1994 08:49:37 GMT", kKept),
      NoField("NoDateIsAnothersBreach", "http_date", date, kNotJudged),
      Field1("DateOfRfc850", "http_date", date, "Date", "Sunday, 06-Nov-94 08:49:37 GMT",
             no_date("Sunday, 06-Nov-94 08:49:37 GMT")),
      Field1("DateOfAsctime", "http_date", date, "Date", "Sun Nov  6 08:49:37 1994",
             no_date("Sun Nov  6 08:49:37 1994")),
      Field1("DateOfAWrongWeekday", "http_date", date, "Date", "Mon, 06 Nov 1994 08:49:37 GMT",
             no_date("Mon, 06 Nov 1994 08:49:37 GMT")),
      Field1("DateOfIso8601", "http_date", date, "Date", "1994-11-06T08:49:37Z",
             no_date("1994-11-06T08:49:37Z")),
      Field2("DateOfASecondLine", "http_date", date, "Date", "Sun, 06 Nov 1994 08:49:37 GMT",
             "nonsense", no_date("nonsense")),
      Field2("DateTwice", "http_date", date, "Date", "Sun, 06 Nov 1994 08:49:37 GMT",
             "Sun, 06 Nov 1994 08:49:37 GMT",
             "headers.Date is 'Sun, 06 Nov 1994 08:49:37 GMT' and 'Sun, 06 Nov 1994 08:49:37 GMT', "
             "not "
             "an IMF-fixdate, once"),
      Field2("RetryAfterOfASecondLine", "retry_after", kNone, "Retry-After", "1", "soon",
             no_wait("soon")),
      Field1("RetryAfterInSeconds", "retry_after", kNone, "Retry-After", "120", kKept),
      Field1("RetryAfterAtADate", "retry_after", kNone, "Retry-After",
             "Fri, 31 Dec 1999 23:59:59 GMT", kKept),
      NoField("NoRetryAfter", "retry_after", kNone, kNotJudged),
      Field1("RetryAfterOfADecimal", "retry_after", kNone, "Retry-After", "1.5", no_wait("1.5")),
      Field1("RetryAfterBelowZero", "retry_after", kNone, "Retry-After", "-1", no_wait("-1")),
      Field1("RetryAfterInWords", "retry_after", kNone, "Retry-After", "soon", no_wait("soon")),
      Field1("RetryAfterIsEmpty", "retry_after", kNone, "Retry-After", "", no_wait("")),
  };
}

std::vector<CheckRow> ChallengeRows() {
  const nlohmann::json bearer = {{"scheme", "Bearer"}};
  const nlohmann::json field = {{"name", "WWW-Authenticate"}};
  return {
      Field1("Challenge", "challenge_scheme", bearer, "WWW-Authenticate",
             "bearer realm=\"\", authorization_uri=\"x\"", kKept),
      Field1("ChallengeWithoutParameters", "challenge_scheme", bearer, "WWW-Authenticate", "Bearer",
             kKept),
      Field1("ChallengeOfAnotherScheme", "challenge_scheme", bearer, "WWW-Authenticate",
             "Basic realm=\"x\"",
             "headers.WWW-Authenticate is 'Basic realm=\"x\"', not a Bearer challenge"),
      Field1("ChallengeOfALongerName", "challenge_scheme", bearer, "WWW-Authenticate", "BearerX",
             "headers.WWW-Authenticate is 'BearerX', not a Bearer challenge"),
      Field1("ChallengeBehindAnother", "challenge_scheme", bearer, "WWW-Authenticate",
             "Negotiate, Bearer realm=\"\", authorization_uri=\"https://x\"", kKept),
      Field1("NoChallengeInAList", "challenge_scheme", bearer, "WWW-Authenticate", ",", kNotJudged),
      Field1("ChallengePresent", "challenge_present", field, "WWW-Authenticate", "Negotiate",
             kKept),
      Field2("ChallengePresentOnASecondLine", "challenge_present", field, "WWW-Authenticate", "",
             "Bearer", kKept),
      Field1("ChallengePresentAsAComma", "challenge_present", field, "WWW-Authenticate", ",",
             "headers.WWW-Authenticate is empty, not a challenge"),
      Field1("ChallengePresentAsAParameter", "challenge_present", field, "WWW-Authenticate",
             "realm=\"x\"", "headers.WWW-Authenticate is 'realm=\"x\"', not a challenge"),
      NoField("ChallengePresentIsAbsent", "challenge_present", field,
              "headers.WWW-Authenticate is absent, not a challenge"),
      NoField("NoChallengeIsAnothersBreach", "challenge_scheme", bearer, kNotJudged),
      Field2("OneOfSeveralChallenges", "challenge_scheme", bearer, "WWW-Authenticate", "Basic",
             "Bearer", kKept),
  };
}

std::vector<CheckRow> FieldCheckRows() {
  std::vector<CheckRow> rows = PresenceRows();
  for (const std::vector<CheckRow>& group : {TimeRows(), ChallengeRows()}) {
    rows.insert(rows.end(), group.begin(), group.end());
  }
  return rows;
}

std::vector<CheckRow> ContentCheckRows() {
  const nlohmann::json code = {{"name", "code"}};
  const auto deep = std::string(201, '[') + std::string(201, ']');
  return {
      {"JsonIsJson", "json_content", kNone, kJson, "{\"a\":1}", kKept},
      {"JsonScalarIsJson", "json_content", kNone, kJson, "null", kKept},
      {"JsonIsCut", "json_content", kNone, kJson,
       "{\"a\":", "body is not JSON at byte 6, not JSON"},
      {"JsonIsHtml", "json_content", kNone, kJson, "<html>",
       "body is not JSON at byte 1, not JSON"},
      {"JsonHasNaN", "json_content", kNone, kJson, "[NaN]", "body is not JSON at byte 2, not JSON"},
      {"JsonIsNotUtf8", "json_content", kNone, kJson, "\"\xff\"",
       "body is not JSON at byte 2, not JSON"},
      {"JsonBehindAByteOrderMark", "json_content", kNone, kJson, "\xEF\xBB\xBF{}",
       "body is a byte order mark before JSON, not JSON"},
      {"JsonAndANul", "json_content", kNone, kJson, std::string("{}\0 x", 5),
       "body is not JSON at byte 3, not JSON"},
      {"JsonOfNamesOnce", "json_unique_names", kNone, kJson, "{\"a\":{\"b\":1},\"b\":1}", kKept},
      {"JsonOfANameTwice", "json_unique_names", kNone, kJson, "{\"a\":{\"b\":1,\"b\":2}}",
       "body/a/b is there twice, not a name of its own"},
      {"JsonOfNamesThatIsNone", "json_unique_names", kNone, kJson, "{", kNotJudged},
      {"ContentWhereNoneMayBe", "no_content", kNone, kText, "ab", "body is 2 bytes, not none"},
      {"NoContent", "no_content", kNone, {}, "", kKept},
      {"RangeOfOnePart", "content_range", kNone, {{"Content-Range", "bytes 0-1/2"}}, "ab", kKept},
      {"NoRange", "content_range", kNone, kText, "ab",
       "headers.Content-Range is absent, not a value"},
      Field1("RangesOfParts", "content_range", kNone, "Content-Type", "multipart/byteranges;b=x",
             kKept),
      {"JsonDeeperThanWeRead", "json_content", kNone, kJson, deep, kNotJudged},
      {"JsonOfHalfASurrogatePair", "json_content", kNone, kJson, R"(["\ud800"])", kNotJudged},
      {"JsonNumberLargerThanWeRead", "json_content", kNone, kJson, "[1e999999]", kNotJudged},
      {"ErrorObject", "error_object", kNone, kJson, "{\"error\":{}}", kKept},
      {"ErrorObjectCalledText", "error_object", kNone, kText, "{\"error\":{}}", kKept},
      {"ErrorIsText", "error_object", kNone, kJson, "{\"error\":\"x\"}",
       "body/error is \"x\", not an object"},
      {"ErrorIsMissing", "error_object", kNone, kJson, "{}", "body/error is absent, not an object"},
      {"ErrorInAnArray", "error_object", kNone, kJson, "[{\"error\":{}}]",
       "body/error is absent, not an object"},
      {"ErrorOfNoContent", "error_object", kNone, {}, "", "body/error is absent, not an object"},
      {"ErrorOfHtml", "error_object", kNone, kText, "<html>",
       "body/error is not JSON at byte 1, not an object"},
      {"ErrorOfBrokenJsonIsAnothersBreach", "error_object", kNone, kJson, "{", kNotJudged},
      {"ErrorDeeperThanWeRead", "error_object", kNone, kJson, deep, kNotJudged},
      {"ErrorMember", "error_member", code, kJson, "{\"error\":{\"code\":\"c\"}}", kKept},
      {"ErrorMemberIsEmpty", "error_member", code, kJson, "{\"error\":{\"code\":\"\"}}",
       "body/error/code is \"\", not a non-empty string"},
      {"ErrorMemberIsANumber", "error_member", code, kJson, "{\"error\":{\"code\":404}}",
       "body/error/code is 404, not a non-empty string"},
      {"ErrorMemberIsNull", "error_member", code, kJson, "{\"error\":{\"code\":null}}",
       "body/error/code is null, not a non-empty string"},
      {"ErrorMemberIsAbsent", "error_member", code, kJson, "{\"error\":{\"Code\":\"c\"}}",
       "body/error/code is absent, not a non-empty string"},
      {"ErrorMemberWithoutObject", "error_member", code, kJson, "{}", kNotJudged},
      {"ErrorMemberOfBrokenJson", "error_member", code, kJson, "{", kNotJudged},
      {"ErrorMediaTypeOfBrokenJson", "error_media_type", kNone, kJson, "{", kNotJudged},
      {"ErrorMediaType", "error_media_type", kNone, kJson, "{\"error\":{}}", kKept},
      {"ErrorMediaTypeWithParameters",
       "error_media_type",
       kNone,
       {{"Content-Type", "Application/JSON; odata.metadata=minimal"}},
       "{\"error\":{}}",
       kKept},
      {"ErrorOfAnotherMediaType", "error_media_type", kNone, kText, "{\"error\":{}}",
       "headers.Content-Type is 'text/html', not application/json"},
      {"ErrorMediaTypeWithoutObject", "error_media_type", kNone, kText, "<html>", kNotJudged},
      {"ErrorWithoutMediaType", "error_media_type", kNone, {}, "{\"error\":{}}", kNotJudged},
  };
}

void ExpectCheckRow(const CheckRow& row) {
  const auto checks = ProtocolChecks();
  ASSERT_EQ(checks.count(row.check), 1u);
  const Attempt attempt = SampleAttempt(400, row.fields, row.body);
  EXPECT_EQ(TellCheck(checks.at(row.check)(attempt, row.with)), row.told) << row.name;
}

TEST(ProtocolChecks, HoldFields) {
  for (const CheckRow& row : FieldCheckRows()) ExpectCheckRow(row);
}

TEST(ProtocolChecks, HoldContent) {
  for (const CheckRow& row : ContentCheckRows()) ExpectCheckRow(row);
}

TEST(ProtocolChecks, HoldObservationsOfTheWire) {
  const auto check = ProtocolChecks().at("not_observed");
  const nlohmann::json with = {{"names", {"bare_lf", "obs_fold"}}};
  Attempt attempt = SampleAttempt(200, {});
  EXPECT_EQ(TellCheck(check(attempt, with)), kKept);
  attempt.observations = {{"bare_cr", "", 3}};
  EXPECT_EQ(TellCheck(check(attempt, with)), kKept);
  attempt.observations.push_back({"obs_fold", "'a\tb'", 40});
  EXPECT_EQ(TellCheck(check(attempt, with)), "wire/obs_fold is 'a\\tb', not none");
  EXPECT_EQ(TellCheck(check(attempt, kNone)), kKept);
  attempt.observations = {{"bare_lf", std::string(121, 'x'), 0}};
  EXPECT_EQ(TellCheck(check(attempt, with)),
            "wire/bare_lf is " + std::string(120, 'x') + "…, not none");
}

TEST(ProtocolChecks, AreEachHeldByARowHere) {
  std::set<std::string> held = {"not_observed"};
  for (const CheckRow& row : FieldCheckRows()) held.insert(row.check);
  for (const CheckRow& row : ContentCheckRows()) held.insert(row.check);
  for (const auto& [name, unused] : ProtocolChecks()) EXPECT_EQ(held.count(name), 1u) << name;
}

struct FilterRow {
  std::string name;
  ExchangeFilter filter;
  bool matches;
};

StatusSet Statuses(std::initializer_list<const char*> texts) {
  StatusSet set;
  for (const char* text : texts) set.Add(text);
  return set;
}

TEST(Matches, HoldsEveryMemberOfTheFilter) {
  // The answer: 404 to a POST, with content that is called JSON.
  const Attempt attempt = SampleAttempt(404, kJson, "{}");
  const std::vector<FilterRow> rows = {
      {"all", {}, true},
      {"its status", {Statuses({"404"}), {}, {}, {}, {}, ""}, true},
      {"its class", {Statuses({"2xx", "4xx"}), {}, {}, {}, {}, ""}, true},
      {"another status", {Statuses({"401"}), {}, {}, {}, {}, ""}, false},
      {"all but its status", {{}, Statuses({"404"}), {}, {}, {}, ""}, false},
      {"all but another", {{}, Statuses({"411"}), {}, {}, {}, ""}, true},
      {"its method", {{}, {}, {"GET", "POST"}, {}, {}, ""}, true},
      {"another method", {{}, {}, {"GET"}, {}, {}, ""}, false},
      {"all but its method", {{}, {}, {}, {"POST"}, {}, ""}, false},
      {"all but HEAD", {{}, {}, {}, {"HEAD"}, {}, ""}, true},
      {"with content", {{}, {}, {}, {}, true, ""}, true},
      {"without content", {{}, {}, {}, {}, false, ""}, false},
      {"JSON", {{}, {}, {}, {}, {}, "json"}, true},
  };
  for (const FilterRow& row : rows) {
    EXPECT_EQ(Matches(row.filter, attempt), row.matches) << row.name;
  }
  const ExchangeFilter json{{}, {}, {}, {}, {}, "json"};
  EXPECT_FALSE(Matches(json, SampleAttempt(404, kText, "{}")));
  EXPECT_FALSE(Matches(json, SampleAttempt(404, {}, "{}")));
  EXPECT_TRUE(Matches({{}, {}, {}, {}, false, ""}, SampleAttempt(204, {})));
}

}  // namespace
}  // namespace conform
