// A small run record for tests: one suite, a failing test and a passing one.
#pragma once

#include <chrono>
#include <string>

#include "record/run_record.h"

namespace conform {

inline constexpr const char* kExampleSuite =
    "deviceManagement_windowsAutopilotSettings_sync/2019_01";
inline constexpr const char* kExampleOperation = "deviceManagement.windowsAutopilotSettings.sync";

/// 2026-11-24T22:54:03.120Z.
inline std::chrono::system_clock::time_point ExampleTime() {
  return std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::hours(22) +
         std::chrono::minutes(54) + std::chrono::milliseconds(3'120);
}

inline TestRecord ExampleTest(const std::string& name, Outcome outcome,
                              const std::string& reason = "") {
  const std::string id =
      "graph/beta/deviceManagement/windowsAutopilotSettings/sync/" + name.substr(0, name.find('/'));
  TestRecord test;
  test.suite = kExampleSuite;
  test.name = name;
  test.case_id = id;
  test.operation = kExampleOperation;
  test.edition = "2019-01";
  test.path = "cases/" + id + ".yaml";
  test.line = 1;
  test.verdict.outcome = outcome;
  test.verdict.reason = reason;
  return test;
}

inline ExchangeRecord ExampleExchange() {
  ExchangeRecord exchange;
  exchange.request_line =
      "POST http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync";
  exchange.client_request_id = "6f1c";
  exchange.status_line = "HTTP/1.1 200 OK";
  exchange.field_count = 2;
  exchange.body_bytes = 17;
  exchange.request_id = "81ab";
  exchange.again = "curl -X POST -H \"Authorization: Bearer $CONFORM_TOKEN_DELEGATED_WORK\"";
  exchange.duration = std::chrono::microseconds(812);
  return exchange;
}

/// One sending of ExampleExchange, every member set.
inline AttemptRecord ExampleAttempt() {
  AttemptRecord attempt;
  attempt.started = ExampleTime();
  attempt.times = {std::chrono::microseconds(10), std::chrono::microseconds(20),
                   std::chrono::microseconds(30), std::chrono::microseconds(700),
                   std::chrono::microseconds(812)};
  attempt.remote_address = "127.0.0.1:8080";
  attempt.reused_connection = true;
  attempt.tls = {{"TLSv1.3", "ab12", "CN=Test CA", "CN=localhost", "2027-01-31"}};
  attempt.request.start_line = "POST /beta/deviceManagement/windowsAutopilotSettings/sync HTTP/1.1";
  attempt.request.fields = {{"Host", "127.0.0.1:8080"},
                            {"Authorization", "Bearer [token, 812 bytes, 3fa9c1]"}};
  attempt.interim.emplace_back().start_line = "HTTP/1.1 103 Early Hints";
  MessageRecord& response = attempt.response.emplace_back();
  response.start_line = "HTTP/1.1 200 OK";
  response.fields = {{"Content-Type", "application/json"}, {"request-id", "81ab"}};
  response.body = "{\"done\":true,\"a\":1}";
  response.body_bytes = 17;
  response.body_cut = true;
  response.body_shown = true;
  response.trailers = {{"Expires", "0"}};
  attempt.observations = {{"bare_lf", "a line ends in LF alone"}};
  attempt.trouble = "the connection was cut";
  attempt.trouble_kind = "reset";
  return attempt;
}

/// The answer was 200; it is on line 12 of the case.
inline Finding ExampleFinding() {
  Finding finding;
  finding.clause = {"sync.response.204", kExampleOperation, "2019-01"};
  finding.says = "A successful call is answered 204 No Content.";
  finding.source = "edition 2019-01, Response, sentence bbfb6-130";
  finding.subject = "status";
  finding.expected = "204";
  finding.actual = "200";
  finding.message = "status is 200, the contract promises 204";
  finding.path = ExampleTest("documented_request", Outcome::kFail).path;
  finding.span = {12, 11, 3};
  finding.excerpt = "  status: 204";
  return finding;
}

/// Fails by ExampleFinding in ExampleExchange.
inline TestRecord ExampleFailure() {
  TestRecord test = ExampleTest("documented_request", Outcome::kFail);
  test.title = "The documented request is answered 204 with no content";
  test.expects_success = kExampleOperation;
  test.verdict.findings = {ExampleFinding()};
  test.verdict.judged = {{ExampleFinding().clause, false}};
  test.exchanges = {ExampleExchange()};
  test.started = ExampleTime();
  test.duration = std::chrono::microseconds(1'234);
  return test;
}

inline ClauseRecord ExampleClause(const std::string& id, Binds binds, Strength strength,
                                  const std::string& untested = "") {
  ClauseRecord clause;
  clause.key = {id, kExampleOperation, "2019-01"};
  clause.binds = binds;
  clause.strength = strength;
  clause.says = "Says so.";
  clause.source = "edition 2019-01, Response";
  clause.untested = untested;
  return clause;
}

inline ClauseRecord ExampleProtocolClause(const std::string& id, Strength strength) {
  ClauseRecord clause = ExampleClause(id, Binds::kService, strength);
  clause.key = {id, "", ""};
  clause.source = "RFC 9110 §15.5.6";
  return clause;
}

/// A failing and a passing test, run on the embedded mock.
inline RunRecord ExampleRecord() {
  RunRecord record;
  record.header.tool = {"0.1.0", "", "gcc 12, Release"};
  record.header.time_zone = "+00:00";
  record.header.host = "host.example";
  record.header.started = ExampleTime();
  record.header.profile = "mock";
  record.header.target = "embedded mock";
  record.header.mock = true;
  record.header.clauses = {ExampleClause("sync.response.204", Binds::kService, Strength::kMust)};
  record.header.population = 2;
  record.header.selected = 2;
  TestRecord passed = ExampleTest("without_authorization", Outcome::kPass);
  passed.position = 1;
  passed.started = ExampleTime() + std::chrono::milliseconds(2);
  passed.duration = std::chrono::microseconds(900);
  record.tests = {ExampleFailure(), passed};
  record.duration = std::chrono::microseconds(5'000);
  return record;
}

}  // namespace conform
