#include "run/record_difference.h"

#include <gtest/gtest.h>

#include <functional>

#include "record/example_record.h"

namespace conform {
namespace {

TestRecord Recorded() {
  TestRecord test = ExampleFailure();
  test.exchanges[0].attempts = {ExampleAttempt()};
  return test;
}

MessageRecord& FirstAnswer(TestRecord& test) { return test.exchanges[0].attempts[0].response[0]; }

struct RecordRow {
  const char* name;
  std::function<void(TestRecord&)> change;
  const char* told;
};

class CompareTestsTest : public testing::TestWithParam<RecordRow> {};

TEST_P(CompareTestsTest, TellsWhatDiffers) {
  TestRecord now = Recorded();
  GetParam().change(now);
  std::string told;
  for (const RecordDifference& each : CompareTests(Recorded(), now)) {
    told += each.place + ": " + each.before + " -> " + each.now + "\n";
  }
  EXPECT_EQ(told, GetParam().told);
}

const RecordRow kRows[] = {
    {"Nothing", [](TestRecord&) {}, ""},
    {"NoTimeNorPlace",
     [](TestRecord& t) {
       t.duration *= 2;
       t.exchanges[0].attempts[0].remote_address = "127.0.0.1:9";
       t.exchanges[0].request_line =
           "POST http://127.0.0.1:9/beta/deviceManagement/windowsAutopilotSettings/sync";
     },
     ""},
    {"Outcome",
     [](TestRecord& t) {
       t.verdict.outcome = Outcome::kPass;
       t.verdict.findings.clear();
     },
     "outcome: fail -> pass\n"
     "finding sync.response.204 status: status is 200, the contract promises 204 -> absent\n"},
    {"Status", [](TestRecord& t) { t.exchanges[0].status_line = "HTTP/1.1 204 No Content"; },
     "exchange 1/status: HTTP/1.1 200 OK -> HTTP/1.1 204 No Content\n"},
    {"ANewField",
     [](TestRecord& t) {
       FirstAnswer(t).fields.push_back({"X-New", "1"});
     },
     "exchange 1/headers.x-new: absent -> 1\n"},
    {"AFieldsSpellingIsNoDifference",
     [](TestRecord& t) { FirstAnswer(t).fields[0].name = "content-type"; }, ""},
    {"AnotherId",
     [](TestRecord& t) {
       t.exchanges[0].attempts[0].request.fields[1].value = "Bearer [token, 900 bytes, aaaaaa]";
     },
     ""},
    {"ABodysValue", [](TestRecord& t) { FirstAnswer(t).body = "{\"done\":false,\"a\":1}"; },
     "exchange 1/body/done: true -> false\n"},
    {"AMembersNameIsShown",
     [](TestRecord& t) { FirstAnswer(t).body = "{\"done\":true,\"a\":1,\"\\u001b[2J\":0}"; },
     "exchange 1/body/\\x1B[2J: absent -> 0\n"},
    {"ABodyThatIsNoJson", [](TestRecord& t) { FirstAnswer(t).body = "<html>"; },
     "exchange 1/body: {\"done\":true,\"a\":1} -> <html>\n"},
    {"AnExchangeLess", [](TestRecord& t) { t.exchanges.clear(); },
     "exchange 1/request: POST /beta/deviceManagement/windowsAutopilotSettings/sync -> absent\n"
     "exchange 1/request/headers.authorization: Bearer [token] -> absent\n"
     "exchange 1/status: HTTP/1.1 200 OK -> absent\n"
     "exchange 1/headers.content-type: application/json -> absent\n"
     "exchange 1/headers.request-id: 81ab -> absent\n"
     "exchange 1/body: {\"done\":true,\"a\":1} -> absent\n"},
};

INSTANTIATE_TEST_SUITE_P(RecordDifference, CompareTestsTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
