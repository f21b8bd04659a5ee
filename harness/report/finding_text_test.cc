#include "report/finding_text.h"

#include <gtest/gtest.h>

#include "record/example_record.h"

namespace conform {
namespace {

std::string RenderAll(const TestRecord& test) {
  return RenderVerdictLine(test) + RenderFindings(test);
}

TEST(RenderFindings, TellsWhatBrokeWhereAndHowToSeeItAgain) {
  EXPECT_EQ(RenderAll(ExampleFailure()),
            R"(FAIL  deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request
cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11: status is 200, the contract promises 204
 12 |   status: 204
    |           ^^^
      clause   sync.response.204 (must): A successful call is answered 204 No Content.
      source   edition 2019-01, Response, sentence bbfb6-130
      sent     POST http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync   client-request-id 6f1c
      got      HTTP/1.1 200 OK, 2 header fields, 17 bytes                                       request-id 81ab
      again    curl -X POST -H "Authorization: Bearer $CONFORM_TOKEN_DELEGATED_WORK"
)");
}

/// Fails at a step named `second`, which was sent twice, after `first`.
TestRecord TwoSteps() {
  TestRecord test = ExampleFailure();
  test.exchanges.assign(3, ExampleExchange());
  test.exchanges[0].step = "first";
  test.exchanges[1].step = "second";
  test.exchanges[2].step = "second";
  test.exchanges[2].request_id = "the last";
  for (ExchangeRecord& exchange : test.exchanges) {
    exchange.request_line = "POST http://h/sync";
    exchange.again.clear();
  }
  test.verdict.findings[0].step = "second";
  return test;
}

TEST(RenderFindings, TellsTheStepAndItsLastExchange) {
  EXPECT_EQ(
      RenderFindings(TwoSteps()),
      R"(cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11: status is 200, the contract promises 204
 12 |   status: 204
    |           ^^^
      clause   sync.response.204 (must): A successful call is answered 204 No Content.
      source   edition 2019-01, Response, sentence bbfb6-130
      step     second
      sent     POST http://h/sync                           client-request-id 6f1c
      got      HTTP/1.1 200 OK, 2 header fields, 17 bytes   request-id the last
)");
}

TEST(RenderFindings, ShowsTheBeginOfTheContentMaskedBeforeItIsCut) {
  const std::string secret(80, 's');
  Redactor redactor("key");
  redactor.AddSecret(secret, "token");
  TestRecord test = ExampleFailure();
  MessageRecord answer;
  answer.body = std::string(170, 'a') + "\n" + secret;
  AttemptRecord attempt;
  attempt.response = {answer};
  test.exchanges.back().attempts = {attempt};
  EXPECT_EQ(RenderFindings(test).find("aaa"), std::string::npos);
  const std::string told = RenderFindings(test, &redactor);
  EXPECT_NE(told.find("      content  " + std::string(170, 'a')), std::string::npos) << told;
  EXPECT_EQ(told.find("sss"), std::string::npos) << told;
}

TEST(RenderFindings, SharesTheExchangeOfFindingsOnTheSameStep) {
  TestRecord test = TwoSteps();
  Finding should;
  should.clause = {"graph.request_id.present", "", ""};
  should.strength = Strength::kShould;
  should.says = "Every answer carries a request-id field.";
  should.source = "Graph best practices page, Reliability and support";
  should.step = "second";
  should.message = "headers.request-id is absent, the contract promises it";
  should.path = "cases/a.yaml";
  should.deviation = "known since January";
  Finding at_first = should;
  at_first.step = "first";
  at_first.deviation.clear();
  test.verdict.findings = {at_first, ExampleFinding(), should};
  test.verdict.findings[1].step = "second";
  EXPECT_EQ(RenderFindings(test),
            R"(cases/a.yaml: headers.request-id is absent, the contract promises it
      clause   graph.request_id.present (should): Every answer carries a request-id field.
      source   Graph best practices page, Reliability and support
      step     first
      sent     POST http://h/sync                           client-request-id 6f1c
      got      HTTP/1.1 200 OK, 2 header fields, 17 bytes   request-id 81ab
cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11: status is 200, the contract promises 204
 12 |   status: 204
    |           ^^^
      clause   sync.response.204 (must): A successful call is answered 204 No Content.
      source   edition 2019-01, Response, sentence bbfb6-130
cases/a.yaml: headers.request-id is absent, the contract promises it
      clause   graph.request_id.present (should): Every answer carries a request-id field.
      source   Graph best practices page, Reliability and support
      accepted as a deviation: known since January
      step     second
      sent     POST http://h/sync                           client-request-id 6f1c
      got      HTTP/1.1 200 OK, 2 header fields, 17 bytes   request-id the last
)");
}

TEST(RenderFindings, ShowsTheLastExchangeOfAnInconclusiveTest) {
  TestRecord test = ExampleTest("a", Outcome::kInconclusive, "no answer came within 5s");
  test.exchanges = {ExampleExchange()};
  ExchangeRecord& exchange = test.exchanges[0];
  exchange.request_line = "POST http://h/sync";
  exchange.status_line.clear();
  exchange.client_request_id.clear();
  exchange.request_id.clear();
  exchange.trouble = "the connection was closed before the status line";
  exchange.again = "curl";
  EXPECT_EQ(
      RenderAll(test),
      R"(INCONCLUSIVE  deviceManagement_windowsAutopilotSettings_sync/2019_01.a: no answer came within 5s
      sent     POST http://h/sync
      got      no answer: the connection was closed before the status line
      again    curl
)");
  exchange.status_line = "HTTP/1.1 204 No Content";
  exchange.field_count = 1;
  exchange.body_bytes = 1;
  exchange.trouble = "the body ended early";
  EXPECT_EQ(RenderFindings(test), R"(      sent     POST http://h/sync
      got      HTTP/1.1 204 No Content, 1 header field, 1 byte; the body ended early
      again    curl
)");
}

TEST(RenderFindings, ControlsNoTerminalAndCutsWhatIsLong) {
  TestRecord test = ExampleFailure();
  test.exchanges[0] = {};
  test.exchanges[0].request_line = "GET http://h/" + std::string(400, 'x');
  test.exchanges[0].status_line = "HTTP/1.1 200 \x1b[2J\r\nü\xFF";
  Finding& finding = test.verdict.findings[0];
  finding.path = "c.yaml";
  finding.excerpt.clear();
  finding.message = "body/id is \x1b[31m\n" + std::string(700, 'y');
  EXPECT_EQ(RenderFindings(test),
            "c.yaml:12:11: body/id is \\x1B[31m\\n" + std::string(600 - 21, 'y') +
                "…\n"
                "      clause   sync.response.204 (must): A successful call is answered 204 No "
                "Content.\n"
                "      source   edition 2019-01, Response, sentence bbfb6-130\n"
                "      sent     GET http://h/" +
                std::string(300 - 13, 'x') +
                "…\n"
                "      got      HTTP/1.1 200 \\x1B[2J\\r\\nü\\xFF, 0 header fields, 0 bytes\n");
}

TEST(RenderFindings, IsEmptyWhereNothingWasFound) {
  TestRecord test = ExampleTest("a", Outcome::kPass);
  test.exchanges = {ExampleExchange()};
  EXPECT_EQ(RenderFindings(test), "");
}

TEST(RenderVerdictLine, TellsEachOutcomeAndItsReason) {
  const std::pair<TestRecord, const char*> rows[] = {
      {ExampleTest("a", Outcome::kPass),
       "PASS  deviceManagement_windowsAutopilotSettings_sync/2019_01.a\n"},
      {ExampleTest("a", Outcome::kDeviation),
       "DEVIATION  deviceManagement_windowsAutopilotSettings_sync/2019_01.a\n"},
      {ExampleTest("a", Outcome::kWarn),
       "WARN  deviceManagement_windowsAutopilotSettings_sync/2019_01.a\n"},
      {ExampleTest("a", Outcome::kInconclusive, "it was throttled"),
       "INCONCLUSIVE  deviceManagement_windowsAutopilotSettings_sync/2019_01.a: it was "
       "throttled\n"},
      {ExampleTest("a/row", Outcome::kFail),
       "FAIL  deviceManagement_windowsAutopilotSettings_sync/2019_01.a/row\n"},
      {ExampleTest("a", Outcome::kSkip, "the target has no identity application"),
       "SKIP  deviceManagement_windowsAutopilotSettings_sync/2019_01.a: the target has no identity "
       "application\n"},
      {ExampleTest("a", Outcome::kNotRun, "the run ended before it"),
       "NOT RUN  deviceManagement_windowsAutopilotSettings_sync/2019_01.a: the run ended before "
       "it\n"},
  };
  for (const auto& [test, line] : rows) EXPECT_EQ(RenderVerdictLine(test), line);
}

TEST(FindDecidingFinding, PrefersAMustThatIsNotAccepted) {
  const auto finding = [](const char* id, Strength strength, const char* deviation) {
    Finding made = ExampleFinding();
    made.clause.id = id;
    made.strength = strength;
    made.deviation = deviation;
    return made;
  };
  Verdict verdict;
  EXPECT_EQ(FindDecidingFinding(verdict), nullptr);
  verdict.findings = {finding("accepted", Strength::kMust, "known")};
  EXPECT_EQ(FindDecidingFinding(verdict)->clause.id, "accepted");
  verdict.findings.push_back(finding("should", Strength::kShould, ""));
  EXPECT_EQ(FindDecidingFinding(verdict)->clause.id, "should");
  verdict.findings.push_back(finding("must", Strength::kMust, ""));
  verdict.findings.push_back(finding("later", Strength::kMust, ""));
  EXPECT_EQ(FindDecidingFinding(verdict)->clause.id, "must");
}

}  // namespace
}  // namespace conform
