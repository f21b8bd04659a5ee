#include "verdict/expectation_checks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

struct ExpectationRow {
  std::string name;
  std::string response;  // of the case, below `response:`; the last expectation is the row's.
  Attempt attempt;
  std::string told;
};

std::string TellExpectation(const CheckResult& result) {
  if (!result.judged) return "not judged";
  std::string told;
  for (const Mismatch& each : result.mismatches) {
    told += fmt::format("{}{} is {}, not {}", told.empty() ? "" : "; ", each.subject, each.actual,
                        each.expected);
  }
  return told.empty() ? "kept" : told;
}

const Attempt kEmpty = SampleAttempt(204, {{"Location", "/things/7"}});

Attempt Json(std::string body) {
  return SampleAttempt(200, {{"Content-Type", "application/json"}}, std::move(body));
}

std::vector<ExpectationRow> StatusRows() {
  return {
      {"Status", "  status: 204\n", kEmpty, "kept"},
      {"OneOfAList", "  status: [200, 204]\n", kEmpty, "kept"},
      {"Class", "  status: 2xx\n", kEmpty, "kept"},
      {"AnotherStatus", "  status: 200\n", kEmpty, "status is 204, not 200"},
      {"NoneOfAList", "  status: [200, 202]\n", kEmpty, "status is 204, not 200 or 202"},
      {"AnotherClass", "  status: 4xx\n", kEmpty, "status is 204, not 4xx"},
  };
}

std::vector<ExpectationRow> FieldRows() {
  const auto header = [](const char* rule) {
    return fmt::format("  headers:\n    location: {}\n", rule);
  };
  const auto cookie = [](const char* rule) {
    return fmt::format("  headers:\n    set-cookie: {}\n", rule);
  };
  const Attempt twice = SampleAttempt(204, {{"Location", "/things/7"}, {"location", "/things/8"}});
  const Attempt cookies = SampleAttempt(204, {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}});
  return {
      {"Literal", header("/things/7"), kEmpty, "kept"},
      {"LiteralWithUuid", header("/things/${uuid}"), kEmpty, "kept"},
      {"AnotherCaseOfALiteral", header("/Things/7"), kEmpty,
       "headers.location is '/things/7', not '/Things/7'"},
      {"Matches", header("{matches: '^/things/\\d+$'}"), kEmpty, "kept"},
      {"MatchesNot", header("{matches: '^/things$'}"), kEmpty,
       "headers.location is '/things/7', not a match of '^/things$'"},
      {"Exists", header("{exists: true}"), kEmpty, "kept"},
      {"IsAbsent", header("{exists: false}"), kEmpty, "headers.location is '/things/7', not none"},
      {"LiteralOfNothing", header("/things/7"), Json("{}"),
       "headers.location is absent, not '/things/7'"},
      {"MatchOfNothing", header("{matches: ''}"), Json("{}"),
       "headers.location is absent, not a match of ''"},
      {"ExistsNot", header("{exists: true}"), Json("{}"),
       "headers.location is absent, not a value"},
      {"AbsentIndeed", header("{exists: false}"), Json("{}"), "kept"},
      {"LiteralOfOneLineOfTwo", header("/things/7"), twice,
       "headers.location is '/things/7, /things/8', not '/things/7'"},
      {"LiteralOfAList", header("'/things/7, /things/8'"), twice, "kept"},
      {"MatchesWithinAList", header("{matches: /8$}"), twice, "kept"},
      {"OneCookie", cookie("b=2"), cookies, "kept"},
      {"ACookieMatches", cookie("{matches: ^b=}"), cookies, "kept"},
      {"NoCookieMatchesOverTwo", cookie("{matches: 'a=1.*b=2'}"), cookies,
       "headers.set-cookie is 'a=1, b=2', not a match of 'a=1.*b=2'"},
      {"NoSuchCookie", cookie("c=3"), cookies, "headers.set-cookie is 'a=1, b=2', not 'c=3'"},
      {"NoCookie", cookie("{exists: false}"), cookies,
       "headers.set-cookie is 'a=1, b=2', not none"},
  };
}

std::vector<ExpectationRow> ContentRows() {
  const auto json = [](const char* pointer, const char* rule) {
    return fmt::format("  body: {{json: {{{}: {}}}}}\n", pointer, rule);
  };
  const std::string deep = std::string(201, '[') + std::string(201, ']');
  return {
      {"NoBody", "  body: none\n", kEmpty, "kept"},
      {"ABody", "  body: none\n", Json("{}"), "body is 2 bytes, not none"},
      {"Text", json("/id", "x"), Json("{\"id\":\"x\"}"), "kept"},
      {"AnotherText", json("/id", "x"), Json("{\"id\":\"y\"}"), "body/id is \"y\", not \"x\""},
      {"Number", json("/n", "2"), Json("{\"n\":2}"), "kept"},
      {"NumberIsNoText", json("/n", "2"), Json("{\"n\":\"2\"}"), "body/n is \"2\", not 2"},
      {"BoolIsNoNumber", json("/n", "true"), Json("{\"n\":1}"), "body/n is 1, not true"},
      {"InAnArray", json("/a/1", "b"), Json("{\"a\":[0,\"b\"]}"), "kept"},
      {"BeyondAnArray", json("/a/2", "b"), Json("{\"a\":[0,\"b\"]}"),
       "body/a/2 is absent, not \"b\""},
      {"MemberOfAScalar", json("/a/b", "c"), Json("{\"a\":1}"), "body/a/b is absent, not \"c\""},
      {"WholeObject", json("/a", "{b: 1}"), Json("{\"a\":{\"b\":1}}"), "kept"},
      {"AnotherObject", json("/a", "{b: 1}"), Json("{\"a\":{\"b\":1,\"c\":2}}"),
       "body/a/c is 2, not nothing there"},
      {"JsonMatches", json("/id", "{matches: ^x}"), Json("{\"id\":\"xy\"}"), "kept"},
      {"JsonMatchesNot", json("/id", "{matches: ^y}"), Json("{\"id\":\"xy\"}"),
       "body/id is 'xy', not a match of '^y'"},
      {"NullMatchesNothing", json("/a", "{matches: ''}"), Json("{\"a\":null}"),
       "body/a is null, not a text, a match of ''"},
      {"AListMatchesNothing", json("/a", "{matches: é}"), Json("{\"a\":[\"é\"]}"),
       "body/a is [\"é\"], not a text, a match of 'é'"},
      {"AnObjectMatchesNothing", json("/a", "{matches: x}"), Json("{\"a\":{\"x\":1}}"),
       "body/a is {\"x\":1}, not a text, a match of 'x'"},
      {"ANumberMatchesNothing", json("/a", "{matches: ^1$}"), Json("{\"a\":1}"),
       "body/a is 1, not a text, a match of '^1$'"},
      {"JsonExists", json("/id", "{exists: true}"), Json("{\"id\":null}"), "kept"},
      {"JsonExistsNot", json("/id", "{exists: true}"), Json("{}"),
       "body/id is absent, not a value"},
      {"JsonAbsent", json("/id", "{exists: false}"), Json("{}"), "kept"},
      {"JsonAbsentNot", json("/id", "{exists: false}"), Json("{\"id\":1}"),
       "body/id is '1', not none"},
      {"NotJson", json("/id", "x"), Json("<html>"), "body is not JSON at byte 1, not JSON"},
      {"NothingAtAll", json("/id", "x"), kEmpty, "body is not JSON at byte 1, not JSON"},
      {"DeeperThanWeRead", json("/id", "x"), Json(deep), "not judged"},
      {"NumberLargerThanWeRead", json("/id", "x"), Json("{\"id\":1e999999}"), "not judged"},
      {"ErrorMember", "  body: {error: {code: Bad}}\n", Json("{\"error\":{\"code\":\"Bad\"}}"),
       "kept"},
      {"AnotherErrorMember", "  body: {error: {code: Bad}}\n",
       Json("{\"error\":{\"code\":\"Worse\"}}"), "body/error/code is \"Worse\", not \"Bad\""},
      {"NoErrorMember", "  body: {error: {code: Bad}}\n", Json("{}"),
       "body/error/code is absent, not \"Bad\""},
  };
}

std::vector<ExpectationRow> PlainTextRows() {
  const auto text = [](const char* rule) { return fmt::format("  body: {{text: {}}}\n", rule); };
  Attempt coded = Json("a,b");
  coded.response->still_coded = true;
  Attempt cut = Json("a,b");
  cut.response->body_cut = true;
  return {
      {"PlainText", text("'a,b'"), Json("a,b"), "kept"},
      {"OtherPlainText", text("'a,b'"), Json("a,c"), "body is 'a,c', not 'a,b'"},
      {"PlainTextIsLonger", text("'a'"), Json("a\n"), "body is 'a\\n', not 'a'"},
      {"PlainTextMatches", text("{matches: '(?m)^b,'}"), Json("a,1\nb,2\n"), "kept"},
      {"PlainTextMatchesNot", text("{matches: '(?m)^c,'}"), Json("a,1"),
       "body is 'a,1', not a match of '(?m)^c,'"},
      {"AnyPlainText", text("{exists: true}"), Json("<html>"), "kept"},
      {"NoPlainText", text("{exists: true}"), kEmpty, "body is absent, not a value"},
      {"PlainTextStillCoded", text("'a,b'"), coded, "not judged"},
      {"PlainTextCut", text("'a,b'"), cut, "not judged"},
  };
}

std::vector<ExpectationRow> WholeBodyRows() {
  const std::string many = nlohmann::json(std::vector<std::string>(102, "x")).dump();
  const std::string closed = "  body: {json: {/id: 1, /b/c: 2}, closed: true}\n";
  const std::string schema =
      "  body: {schema: {type: object, required: [id], properties: {id: {type: integer}, "
      "list: {items: {type: integer}}}}}\n";
  const std::string deep = std::string(201, '[') + std::string(201, ']');
  return {
      {"Closed", closed, Json(R"({"id":1,"b":{"c":2}})"), "kept"},
      {"ClosedWithOneMore", closed, Json(R"({"id":1,"b":{"c":2,"d":3}})"),
       "body.undocumented is /b/d, not none"},
      {"ClosedWithFiveMore", closed, Json(R"({"1":1,"2":1,"3":1,"4":1,"5":1})"),
       "body.undocumented is /1, /2, /3, /4, /5, not none"},
      {"ClosedWithSevenMore", closed, Json(R"({"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1})"),
       "body.undocumented is /1, /2, /3, /4, /5 and 2 more, not none"},
      {"ClosedInAnotherItem", "  body: {json: {/v/0/id: 1}, closed: true}\n",
       Json(R"({"v":[{"id":1},{"id":2,"p":3},{"p":4}]})"), "body.undocumented is /v/*/p, not none"},
      {"ClosedOfALongName", closed, Json("{\"" + std::string(60, 'x') + "\":1}"),
       "body.undocumented is /" + std::string(59, 'x') + "…, not none"},
      {"ClosedOfNoJson", closed, Json("<html>"), "not judged"},
      {"ClosedDeeperThanWeRead", closed, Json(deep), "not judged"},
      {"Schema", schema, Json("{\"id\":1}"), "kept"},
      {"SchemaOfAnotherType", schema, Json("{\"id\":\"x\"}"),
       "body/id is \"x\", not what its schema says: type integer"},
      {"SchemaBrokenTwice", schema, Json(R"({"id":1,"list":["x","y"]})"),
       "body/list/0 is \"x\", not what its schema says: type integer (the first of 2 places)"},
      {"SchemaBrokenInSeveralMembers", schema, Json(R"({"list":[1,"y"]})"),
       "body/list/1 is \"y\", not what its schema says: type integer; body/id is absent, not what "
       "its schema says: a required member"},
      {"SchemaBrokenMoreOftenThanIsCounted", schema, Json("{\"id\":1,\"list\":" + many + "}"),
       "body/list/0 is \"x\", not what its schema says: type integer (the first of more than 100 "
       "places)"},
      {"SchemaOfNoJson", schema, Json("<html>"), "body is not JSON at byte 1, not JSON"},
      {"SchemaDeeperThanWeRead", schema, Json(deep), "not judged"},
  };
}

/// The last expectation that a case with this response makes, beside a status. Its clauses are not
/// planned.
Expectation LoadExpectation(const std::string& response) {
  Diagnostics diagnostics;
  const bool of_status = response.find("status:") != std::string::npos;
  const std::string whole = (of_status ? "" : "  status: 2xx\n") + response;
  const auto loaded =
      LoadCase(std::make_shared<SourceText>(
                   "case.yaml", SampleCase("[sync.204]", "delegated_work", kWithToken, whole)),
               "case", diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return loaded ? loaded->steps.front().expectations.back() : Expectation();
}

void ExpectRow(const ExpectationRow& row) {
  const Expectation expectation = LoadExpectation(row.response);
  Scope scope;
  scope.uuid = "7";
  const CheckResult result =
      ExpectationChecks().at(expectation.subject)(expectation, *row.attempt.response, scope);
  EXPECT_EQ(TellExpectation(result), row.told) << row.name;
}

TEST(ExpectationChecks, HoldTheStatus) {
  for (const ExpectationRow& row : StatusRows()) ExpectRow(row);
}

TEST(ExpectationChecks, HoldHeaderFields) {
  for (const ExpectationRow& row : FieldRows()) ExpectRow(row);
}

TEST(ExpectationChecks, HoldContent) {
  for (const ExpectationRow& row : ContentRows()) ExpectRow(row);
  for (const ExpectationRow& row : PlainTextRows()) ExpectRow(row);
}

/// The beginnings that are shown look the same. A piece from the middle could be a secret's end.
TEST(ExpectationChecks, SayWhereLongTextsDiffer) {
  const std::string line(70, 'x');
  const Expectation expectation = LoadExpectation("  body: {text: '" + line + "a'}\n");
  const CheckResult result =
      ExpectationChecks().at(expectation.subject)(expectation, *Json(line + "b").response, {});
  ASSERT_EQ(result.mismatches.size(), 1U);
  EXPECT_EQ(result.mismatches[0].place, "differs from byte 71 on");
  EXPECT_EQ(result.mismatches[0].actual, "'" + line + "b'");
}

TEST(ExpectationChecks, HoldTheContentAsAWhole) {
  for (const ExpectationRow& row : WholeBodyRows()) ExpectRow(row);
}

TEST(ExpectationChecks, ReadNothingOfContentThatWasCut) {
  Attempt attempt = Json("{\"id\":");
  attempt.response->body_cut = true;
  ExpectRow({"Cut", "  body: {json: {/id: x}}\n", attempt, "not judged"});
}

}  // namespace
}  // namespace conform
