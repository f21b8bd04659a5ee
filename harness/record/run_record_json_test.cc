#include "record/run_record_json.h"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <sstream>

#include "base/json_text.h"
#include "record/example_record.h"
#include "testing/golden.h"

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
  header.deviations = {{"sync.response.204", "a/case", "200", "known", "a person", "#7",
                        "2027-01-31", true, "cases/deviations.yaml:3:5"}};
  header.tool.commit = "3c36035829d2";
  header.ci_run = "https://ci.example/7";
  header.jobs = 4;
  header.shuffle_seed = 17;
  header.identities = {{"delegated_work",
                        "CONFORM_TOKEN_DELEGATED_WORK",
                        "a-tenant",
                        "an-app",
                        {"User.Read"},
                        {"Role.Read"}}};
  header.files = {{"case", "cases/a.yaml", "ab12"}};
  header.self_check = {{ExampleTime(), 92, 91}};
  header.previous_sha256 = "cd34";
  header.left_out = {{"suite.name", "--gtest_filter=*"}};
  header.history_head = "7:ef56";
  header.secret_files = {"cases/a.yaml"};
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
  record.tests[0].exchanges[0].after = std::chrono::microseconds(7);
  record.tests[0].exchanges[0].attempts = {ExampleAttempt()};
  record.tests[0].identity = "delegated_work";
  record.tests[0].steps = {{"first", "request", true, true, "a note"}};
  record.complete = false;
  return record;
}

/// Beside the input: rewritten with CONFORM_UPDATE_GOLDENS=1.
std::string GoldenJson(const char* name, const json& actual) {
  return Golden(std::string(CONFORM_TESTDATA "/record/") + name, actual.dump(2) + "\n");
}

TEST(RunRecordJson, WritesEachMemberOfATest) {
  const json actual = ToJson(FullRecord().tests[0]);
  EXPECT_EQ(actual.dump(2) + "\n", GoldenJson("test.json", actual));
}

TEST(RunRecordJson, EscapesWhatIsNotSafeToShowAndSaysTheSame) {
  TestRecord test = FullRecord().tests[0];
  std::string& body = test.exchanges[0].attempts[0].response[0].body;
  body = "\u202E\x7F##vso[x]é\n";
  std::string text;
  AppendJson(test, text);
  EXPECT_NE(text.find(R"("body":"\u202e\u007f#\u0023vso[x]é\n")"), std::string::npos) << text;
  const auto read = ReadTestRecord(json::parse(text));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->exchanges[0].attempts[0].response[0].body, body);
}

TEST(RunRecordJson, WritesEachMemberOfAHeader) {
  const json actual = ToJson(FullRecord().header);
  EXPECT_EQ(actual.dump(2) + "\n", GoldenJson("header.json", actual));
}

TEST(RunRecordJson, LeavesOutWhatATestThatHasNotRunHasNot) {
  EXPECT_EQ(
      WriteJsonText(ToJson(ExampleTest("row/a", Outcome::kNotRun))),
      R"({"case_id":"graph/beta/deviceManagement/windowsAutopilotSettings/sync/row",)"
      R"("edition":"2019-01","line":1,"name":"row/a",)"
      R"("operation":"deviceManagement.windowsAutopilotSettings.sync",)"
      R"("path":"cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/row.yaml","position":0,)"
      R"("suite":"deviceManagement_windowsAutopilotSettings_sync/2019_01",)"
      R"("verdict":{"outcome":"not_run"}})");
}

TEST(RunRecordJson, ReadsBackEverythingItWrites) {
  const json written = ToJson(FullRecord());
  const auto read = ReadRunRecord(written);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(WriteJsonText(ToJson(*read)), WriteJsonText(written));
  EXPECT_EQ(read->tests[0].started, ExampleTime());
  EXPECT_EQ(read->duration, std::chrono::microseconds(5'000));
}

/// Eight bytes are written together: what is escaped is, wherever it stands.
TEST(RunRecordJson, EscapesAsEveryReaderExpects) {
  for (const char special : {'"', '\\', '\n', '\t', '\x01', '\x1F', '~', '\x7F'}) {
    for (std::size_t size = 0; size < 20; ++size) {
      for (std::size_t at = 0; at <= size; ++at) {
        const std::string value = std::string(size, 'x').insert(at, 1, special);
        TestRecord test = ExampleTest("a", Outcome::kPass);
        test.title = value;
        std::string text = "before ";
        AppendJson(test, text);
        ASSERT_TRUE(text.starts_with("before {"));
        const json read = json::parse(text.substr(7), nullptr, false);
        ASSERT_TRUE(read.is_object()) << text;
        EXPECT_EQ(read["title"], value);
      }
    }
  }
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
    {"NoFormat", [](json& r) { r.erase("format"); }, "no run record"},
    {"AnApi", [](json& r) { r.erase("format"), r["openapi"] = "3.0.0"; },
     "an OpenAPI document is no run record; name an operation of it: FILE#OPERATION"},
    {"NamesAListThatIsNotThere", [](json& r) { r["tests"][0]["verdict"]["judged"] = ""; },
     "/judged_lists: \"\" is missing, which a test names"},
    {"AnotherFormat", [](json& r) { r["format"] = 3; }, "/format: is 3, this conform reads 1 to 2"},
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
    {"ALongDuration", [](json& r) { r["duration_us"] = 400'000'000'000'000; },
     "/duration_us: is too large"},
    {"ATimeOfNoRun", [](json& r) { r["header"]["started"] = "2200-01-02T00:00:00.000Z"; },
     "/header/started: is no time of a run: it is before 1970 or after 2199"},
    {"ATimeBeforeAllRuns", [](json& r) { r["header"]["started"] = "1969-12-31T00:00:00.000Z"; },
     "/header/started: is no time of a run: it is before 1970 or after 2199"},
    {"APositionOfNoTest", [](json& r) { r["tests"][1]["position"] = 2'000'000'000; },
     "/tests/1/position: is too large"},
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

TEST(RunRecordJson, HasNoTimeThatIsLessThanNone) {
  RunRecord record = ExampleRecord();
  record.duration = std::chrono::microseconds(-7);  // the clock was set back
  EXPECT_EQ(ToJson(record)["duration_us"], 0);
}

TEST(ParseJson, TellsTheByte) {
  const auto parsed = ParseJson(R"({"a": ])");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message, "no JSON at byte 7");
}

TEST(ParseJson, RefusesANumberThatIsTooLarge) {
  EXPECT_EQ(ParseJson(R"({"a": 1e400})").error().message,
            "no JSON: a number in it is too large to read");
  std::istringstream text(R"({"format": 1, "header": 1e400})");
  EXPECT_EQ(ReadRunRecord(text).error().message, "no JSON: a number in it is too large to read");
}

TEST(ParseJson, SurvivesDeepNesting) { EXPECT_FALSE(ParseJson(std::string(1'000'000, '['))); }

}  // namespace
}  // namespace conform
