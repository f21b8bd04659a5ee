#include "verdict/answer_promises.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

struct AnswerRow {
  const char* name;
  const char* method;
  Fields fields;
  const char* body;
  std::vector<Expectation> named;
  const char* told;
  bool or_csv = true;  ///< what the rule promises beside JSON.
};

Expectation About(Expectation::Subject subject, const char* name) {
  Expectation expectation;
  expectation.subject = subject;
  expectation.name = name;
  return expectation;
}

Expectation AboutField(const char* name, ValueRule::Kind kind) {
  Expectation expectation = About(Expectation::Subject::kHeader, name);
  expectation.value.kind = kind;
  return expectation;
}

void PrintTo(const AnswerRow& row, std::ostream* out) { *out << row.name; }

class FindsBrokenPromises : public testing::TestWithParam<AnswerRow> {};

TEST_P(FindsBrokenPromises, OfOneRule) {
  const AnswerRow& row = GetParam();
  ResponseRule rule;
  rule.status = 200;
  rule.content = {MediaContent{"application/json"}};
  if (row.or_csv) rule.content.push_back(MediaContent{"text/csv"});
  rule.headers = {{"ETag", true, nullptr}, {"Age", false, nullptr}};
  Response response;
  response.fields = row.fields;
  response.body = row.body;
  std::string told;
  Attempt attempt;
  attempt.request.method = row.method;
  attempt.response = response;
  for (const Mismatch& each : FindBrokenPromises(rule, attempt, row.named, /*recorded=*/false)) {
    told += fmt::format("{} is {}, not {}; ", each.subject, each.actual, each.expected);
  }
  EXPECT_EQ(told, row.told);
}

using Subject = Expectation::Subject;
using Kind = ValueRule::Kind;

INSTANTIATE_TEST_SUITE_P(
    Answers, FindsBrokenPromises,
    testing::Values(
        AnswerRow{"Kept", "GET", {{"ETag", "x"}, {"Content-Type", "text/csv"}}, "a,b", {}, ""},
        AnswerRow{"OtherType",
                  "GET",
                  {{"ETag", "x"}, {"Content-Type", "text/html"}},
                  "<p>",
                  {},
                  "headers.Content-Type is 'text/html', not 'application/json' or 'text/csv'; "},
        AnswerRow{"TwoTypes",
                  "GET",
                  {{"ETag", "x"}, {"Content-Type", "text/csv"}, {"content-type", "text/html"}},
                  "a,b",
                  {},
                  "headers.Content-Type is 'text/csv' and 'text/html', not 'application/json' or "
                  "'text/csv'; "},
        AnswerRow{"AnEmptyValue",
                  "GET",
                  {{"ETag", ""}, {"Content-Type", "text/csv"}},
                  "a,b",
                  {},
                  "headers.ETag is empty, not a value; "},
        AnswerRow{"NoType",
                  "GET",
                  {{"ETag", "x"}},
                  "{}",
                  {},
                  "headers.Content-Type is absent, not 'application/json' or 'text/csv'; "},
        AnswerRow{"NoContent",
                  "GET",
                  {{"ETag", "x"}},
                  "",
                  {},
                  "body is none, not 'application/json'; ",
                  false},
        AnswerRow{"ATextMayBeEmpty", "GET", {{"ETag", "x"}}, "", {}, ""},
        AnswerRow{"NoHeader",
                  "GET",
                  {{"Content-Type", "text/csv"}},
                  "a",
                  {},
                  "headers.ETag is absent, not a value; "},
        AnswerRow{"HeadHasNoContent", "HEAD", {{"ETag", "x"}}, "", {}, "", false},
        AnswerRow{"TheCaseNamesTheHeaders",
                  "GET",
                  {{"Content-Type", "text/html"}},
                  "<p>",
                  {AboutField("etag", Kind::kMatches), AboutField("content-type", Kind::kEquals)},
                  ""},
        AnswerRow{"TheCaseSaysNone",
                  "GET",
                  {{"ETag", "x"}},
                  "",
                  {About(Subject::kNoBody, "")},
                  "",
                  false},
        AnswerRow{"TheCaseSaysNoMoreThanThatTheyAreThere",
                  "GET",
                  {{"ETag", ""}, {"Content-Type", "text/html"}},
                  "<p>",
                  {AboutField("etag", Kind::kExists), AboutField("content-type", Kind::kExists)},
                  "headers.ETag is empty, not a value; headers.Content-Type is 'text/html', not "
                  "'application/json' or 'text/csv'; "},
        AnswerRow{"TheCaseTellsThatTheyAreNotThere",
                  "GET",
                  {},
                  "a",
                  {AboutField("etag", Kind::kExists), AboutField("content-type", Kind::kExists)},
                  ""},
        AnswerRow{"TheCaseExpectsThatTheyAreNotThere",
                  "GET",
                  {{"Content-Type", "text/csv"}},
                  "a",
                  {AboutField("etag", Kind::kAbsent)},
                  "headers.ETag is absent, not a value; "},
        AnswerRow{"WithoutFields",
                  "GET",
                  {},
                  "a",
                  {},
                  "headers.ETag is absent, not a value; headers.Content-Type is absent, not "
                  "'application/json' or 'text/csv'; "}),
    [](const auto& param) { return param.param.name; });

TEST(FindsBrokenPromisesOfAnySuccess, IsContentOnlyWhereThatStatusHasSome) {
  ResponseRule rule;
  rule.range = kAnySuccess;
  rule.content = {MediaContent{"application/json"}};
  for (const auto& [status, broken] :
       {std::pair{200, 1U}, std::pair{201, 1U}, std::pair{204, 0U}, std::pair{205, 0U}}) {
    Attempt attempt;
    attempt.request.method = "PATCH";
    attempt.response = Response{};
    attempt.response->status = status;
    EXPECT_EQ(FindBrokenPromises(rule, attempt, {}, /*recorded=*/false).size(), broken) << status;
  }
}

TEST(HidesPromises, OfFieldsThatARecordingDoesNotHold) {
  ResponseRule rule;
  Attempt attempt;
  attempt.response = Response();
  attempt.response->body = "{}";
  EXPECT_FALSE(HidesPromises(rule, attempt, /*recorded=*/true));
  rule.content = {MediaContent{"application/json"}};
  EXPECT_TRUE(HidesPromises(rule, attempt, true));
  EXPECT_TRUE(FindBrokenPromises(rule, attempt, {}, true).empty());
  EXPECT_FALSE(HidesPromises(rule, attempt, false));
  attempt.response->body = "";
  EXPECT_FALSE(HidesPromises(rule, attempt, true));
  rule.headers = {{"Set-Cookie", true, nullptr}};
  EXPECT_FALSE(HidesPromises(rule, attempt, true));
  rule.headers.push_back({"ETag", true, nullptr});
  EXPECT_TRUE(HidesPromises(rule, attempt, true));
  attempt.response->fields = {{"Date", "x"}};
  EXPECT_FALSE(HidesPromises(rule, attempt, true));
}

}  // namespace
}  // namespace conform
