#include "record/run_record_json.h"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>

#include "record/example_record.h"

namespace conform {
namespace {

using nlohmann::json;

/// Every member holds something, so that one that is lost is seen.
RunRecord FullRecord() {
  RunRecord record = ExampleRecord();
  RunHeader& header = record.header;
  header.shard_index = 1;
  header.shard_count = 3;
  header.strict = true;
  header.requires_clauses = {"sync.response.204"};
  header.clauses[0].about = "responses.204";
  header.clauses[0].untested = "no test can";
  header.deviations = {{"sync.response.204", "a/case", "200", "known", "a person", "2027-01-31",
                        true, "cases/deviations.yaml:3:5"}};
  header.planned = {ExampleTest("documented_request", Outcome::kNotRun)};
  Verdict& verdict = record.tests[0].verdict;
  verdict.reason = "a reason";
  verdict.findings[0].step = "first";
  verdict.findings[0].deviation = "known";
  verdict.findings[0].strength = Strength::kShould;
  verdict.client_kept = {{"sync.request.accept", kExampleOperation, "2019-01"}};
  verdict.observed = {{"first", "status", "200"}};
  verdict.reached_success = {kExampleOperation};
  record.tests[0].exchanges[0].step = "first";
  record.tests[0].exchanges[0].trouble = "the connection was cut";
  record.complete = false;
  return record;
}

constexpr const char* kFullTest =
    R"({"case_id":"graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request",)"
    R"("duration_us":1234,"edition":"2019-01","exchanges":[{"again":"curl -X POST -H )"
    R"(\"Authorization: Bearer $CONFORM_TOKEN_DELEGATED_WORK\"","body_bytes":17,)"
    R"("client_request_id":"6f1c","duration_us":812,"field_count":2,"request_id":"81ab",)"
    R"("request_line":"POST http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync",)"
    R"("status_line":"HTTP/1.1 200 OK","step":"first","trouble":"the connection was cut"}],)"
    R"("expects_success":"deviceManagement.windowsAutopilotSettings.sync","line":1,)"
    R"("name":"documented_request","operation":"deviceManagement.windowsAutopilotSettings.sync",)"
    R"("path":"cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml",)"
    R"("started":"2026-11-24T22:54:03.120Z","suite":"deviceManagement_windowsAutopilotSettings_sync/2019_01",)"
    R"("title":"The documented request is answered 204 with no content","verdict":{)"
    R"("client_kept":[{"edition":"2019-01","id":"sync.request.accept",)"
    R"("operation":"deviceManagement.windowsAutopilotSettings.sync"}],)"
    R"("findings":[{"actual":"200","clause":{"edition":"2019-01","id":"sync.response.204",)"
    R"("operation":"deviceManagement.windowsAutopilotSettings.sync"},"deviation":"known",)"
    R"("excerpt":"  status: 204","expected":"204","message":"status is 200, the contract promises 204",)"
    R"("path":"cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml",)"
    R"("says":"A successful call is answered 204 No Content.",)"
    R"("source":"edition 2019-01, Response, sentence bbfb6-130",)"
    R"("span":{"column":11,"length":3,"line":12},"step":"first","strength":"should","subject":"status"}],)"
    R"("judged":[{"clause":{"edition":"2019-01","id":"sync.response.204",)"
    R"("operation":"deviceManagement.windowsAutopilotSettings.sync"},"kept":false}],)"
    R"("observed":[{"name":"status","step":"first","value":"200"}],"outcome":"fail",)"
    R"("reached_success":["deviceManagement.windowsAutopilotSettings.sync"],"reason":"a reason"}})";

TEST(RunRecordJson, WritesEachMemberOfATest) {
  EXPECT_EQ(DumpJson(ToJson(FullRecord().tests[0])), kFullTest);
}

TEST(RunRecordJson, WritesEachMemberOfAHeader) {
  RunHeader header = FullRecord().header;
  header.planned.clear();
  EXPECT_EQ(
      DumpJson(ToJson(header)),
      R"({"clauses":[{"about":"responses.204","binds":"service","key":{"edition":"2019-01",)"
      R"("id":"sync.response.204","operation":"deviceManagement.windowsAutopilotSettings.sync"},)"
      R"("says":"Says so.","source":"edition 2019-01, Response","strength":"must",)"
      R"("untested":"no test can"}],"deviations":[{"actual":"200","approver":"a person",)"
      R"("case_id":"a/case","clause":"sync.response.204","overdue":true,)"
      R"("place":"cases/deviations.yaml:3:5","reason":"known","review":"2027-01-31"}],)"
      R"("mock":true,"planned":[],"population":2,"profile":"mock",)"
      R"("requires_clauses":["sync.response.204"],"selected":2,"shard_count":3,"shard_index":1,)"
      R"("started":"2026-11-24T22:54:03.120Z","strict":true,"target":"embedded mock",)"
      R"("tool_version":"0.1.0"})");
}

TEST(RunRecordJson, LeavesOutWhatATestThatHasNotRunHasNot) {
  EXPECT_EQ(DumpJson(ToJson(ExampleTest("row/a", Outcome::kNotRun))),
            R"({"case_id":"graph/beta/deviceManagement/windowsAutopilotSettings/sync/row",)"
            R"("edition":"2019-01","line":1,"name":"row/a",)"
            R"("operation":"deviceManagement.windowsAutopilotSettings.sync",)"
            R"("path":"cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/row.yaml",)"
            R"("suite":"deviceManagement_windowsAutopilotSettings_sync/2019_01",)"
            R"("verdict":{"outcome":"not_run"}})");
}

TEST(RunRecordJson, ReadsBackEverythingItWrites) {
  const json written = ToJson(FullRecord());
  const auto read = ReadRunRecord(written);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(DumpJson(ToJson(*read)), DumpJson(written));
  EXPECT_EQ(read->tests[0].started, ExampleTime());
  EXPECT_EQ(read->duration, std::chrono::microseconds(5'000));
}

TEST(RunRecordJson, WritesBytesThatAreNoTextAsTheyAreShown) {
  TestRecord test = ExampleTest("a", Outcome::kSkip, "the server sent \xFF\xC0 und ü");
  EXPECT_EQ(ToJson(test)["verdict"]["reason"], "the server sent \\xFF\\xC0 und ü");
}

struct BrokenRecord {
  const char* name;
  std::function<void(json&)> spoil;
  const char* error;
};

void PrintTo(const BrokenRecord& row, std::ostream* out) { *out << row.name; }

class ReadRunRecordRefuses : public testing::TestWithParam<BrokenRecord> {};

TEST_P(ReadRunRecordRefuses, AndPointsAtIt) {
  json record = ToJson(FullRecord());
  GetParam().spoil(record);
  const auto read = ReadRunRecord(record);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, GetParam().error);
}

const BrokenRecord kBroken[] = {
    {"NoObject", [](json& r) { r = json::array(); }, "must be an object"},
    {"NoFormat", [](json& r) { r.erase("format"); }, "\"format\" is missing"},
    {"AnotherFormat", [](json& r) { r["format"] = 2; }, "/format: is 2, this conform reads 1"},
    {"AnUnknownOutcome", [](json& r) { r["tests"][0]["verdict"]["outcome"] = "maybe"; },
     "/tests/0/verdict/outcome: \"maybe\" is no outcome: one of pass, deviation, warn, "
     "inconclusive, fail, skip, not_run"},
    {"AnUnknownStrength",
     [](json& r) { r["tests"][0]["verdict"]["findings"][0]["strength"] = "may"; },
     "/tests/0/verdict/findings/0/strength: \"may\" is no strength: one of must, should, observe"},
    {"AnUnknownBinding", [](json& r) { r["header"]["clauses"][0]["binds"] = "server"; },
     "/header/clauses/0/binds: \"server\" is no binding: one of service, client, tenant, nobody"},
    {"AnUnknownMember", [](json& r) { r["tests"][1]["nam/e~"] = 1; },
     "/tests/1: unknown member \"nam/e~\""},
    {"AMissingMember", [](json& r) { r["tests"][1].erase("name"); },
     "/tests/1: \"name\" is missing"},
    {"ATextForANumber", [](json& r) { r["tests"][1]["line"] = "1"; },
     "/tests/1/line: must be a whole number, zero or more"},
    {"ANegativeNumber", [](json& r) { r["tests"][1]["line"] = -1; },
     "/tests/1/line: must be a whole number, zero or more"},
    {"ALargeNumber", [](json& r) { r["tests"][1]["line"] = 1ULL << 40; },
     "/tests/1/line: is too large"},
    {"ALongDuration", [](json& r) { r["duration_us"] = 1ULL << 63; }, "/duration_us: is too large"},
    {"ANumberForAText", [](json& r) { r["header"]["profile"] = 7; },
     "/header/profile: must be a text"},
    {"ATextForABoolean", [](json& r) { r["complete"] = "true"; },
     "/complete: must be true or false"},
    {"AnObjectForAnArray", [](json& r) { r["tests"] = json::object(); },
     "/tests: must be an array"},
    {"ATimeWithoutMilliseconds", [](json& r) { r["header"]["started"] = "2026-11-24T22:54:03Z"; },
     "/header/started: must be a time such as 2026-11-24T22:54:03.120Z"},
    {"AnHourThatIsNone", [](json& r) { r["header"]["started"] = "2026-11-24T24:54:03.120Z"; },
     "/header/started: must be a time such as 2026-11-24T22:54:03.120Z"},
    {"ADayThatIsNone", [](json& r) { r["header"]["started"] = "2026-02-30T22:54:03.120Z"; },
     "/header/started: must be a time such as 2026-11-24T22:54:03.120Z"},
    {"AFieldOfAFieldThatIsWrong",
     [](json& r) { r["tests"][0]["verdict"]["judged"][0]["clause"]["id"] = nullptr; },
     "/tests/0/verdict/judged/0/clause/id: must be a text"},
};

INSTANTIATE_TEST_SUITE_P(RunRecordJson, ReadRunRecordRefuses, testing::ValuesIn(kBroken),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ParseJson, TellsTheByte) {
  const auto parsed = ParseJson(R"({"a": ])");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message, "no JSON at byte 7");
}

TEST(ParseJson, SurvivesDeepNesting) { EXPECT_FALSE(ParseJson(std::string(1'000'000, '['))); }

}  // namespace
}  // namespace conform
