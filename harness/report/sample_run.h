// Runs with all that a report can show, for tests: one that passed, one that failed, a mixed one.
#pragma once

#include <chrono>
#include <string>

#include "record/example_record.h"
#include "record/run_record.h"

namespace conform {

/// Text that tries to be markup, to hide and to be no text at all.
inline std::string HostileText() {
  std::string text = "</pre></style><script>alert(1)</script>\" onload='x' &amp; ";
  text += "\xE2\x80\xAE";  // turns the direction of writing
  text += std::string("\0\x1B[31m\xFF\xC3", 8);
  return text + " end";
}

inline MessageRecord SampleRequest() {
  MessageRecord request;
  request.start_line = "POST /beta/deviceManagement/windowsAutopilotSettings/sync HTTP/1.1";
  request.fields = {{"Host", "127.0.0.1:8080"},
                    {"Authorization", "Bearer [token, 812 bytes, 3fa9c1]"},
                    {"Content-Length", "0"},
                    {"client-request-id", "6f1c"}};
  return request;
}

inline MessageRecord SampleAnswer(const std::string& status_line, const std::string& body) {
  MessageRecord answer;
  answer.start_line = status_line;
  answer.fields = {{"Date", "Tue, 24 Nov 2026 22:54:03 GMT"}, {"request-id", "81ab"}};
  answer.body = body;
  answer.body_bytes = body.size();
  return answer;
}

inline AttemptRecord SampleAttempt(const std::string& status_line, const std::string& body) {
  AttemptRecord attempt;
  attempt.started = ExampleTime();
  attempt.times.connect = std::chrono::microseconds(120);
  attempt.times.first_byte = std::chrono::microseconds(700);
  attempt.times.last_byte = std::chrono::microseconds(812);
  attempt.remote_address = "127.0.0.1:8080";
  attempt.request = SampleRequest();
  attempt.response = {SampleAnswer(status_line, body)};
  return attempt;
}

inline ExchangeRecord SampleExchange(const std::string& step, const std::string& status_line,
                                     const std::string& body) {
  ExchangeRecord exchange = ExampleExchange();
  exchange.step = step;
  exchange.status_line = status_line;
  exchange.body_bytes = body.size();
  exchange.attempts = {SampleAttempt(status_line, body)};
  return exchange;
}

inline TestRecord SamplePass(const std::string& name, const std::string& title) {
  TestRecord test = ExampleTest(name, Outcome::kPass);
  test.title = title;
  test.identity = "delegated_work";
  test.started = ExampleTime();
  test.duration = std::chrono::microseconds(900);
  test.verdict.judged = {{{"sync.response.204", kExampleOperation, "2019-01"}, true},
                         {{"http.date.present", "", ""}, true}};
  test.verdict.observed = {{"", "status", "204"}, {"", "headers.Retry-After", "absent"}};
  test.exchanges = {SampleExchange("", "HTTP/1.1 204 No Content", "")};
  return test;
}

/// Two tests that passed on the embedded mock.
inline RunRecord SamplePassingRun() {
  RunRecord record = ExampleRecord();
  record.header.clauses = {ExampleClause("sync.response.204", Binds::kService, Strength::kMust),
                           ExampleClause("sync.request.accept", Binds::kClient, Strength::kMust),
                           ExampleClause("sync.throttling", Binds::kService, Strength::kShould,
                                         "No test may wait for an hour."),
                           ExampleProtocolClause("http.date.present", Strength::kShould)};
  record.header.clauses[0].says = "A successful call is answered 204 No Content.";
  record.header.clauses[3].says = "An answer has a Date field.";
  record.header.files = {{"case", ExampleFailure().path, std::string(64, 'a')},
                         {"spec", "specs/graph/beta/sync/2019-01.yaml", std::string(64, 'b')}};
  record.header.self_check = {{ExampleTime(), 60, 60}};
  record.header.identities = {{"delegated_work",
                               "test key",
                               "11111111-2222-4333-8444-555555555555",
                               "66666666-7777-4888-9999-000000000000",
                               {"DeviceManagementServiceConfig.ReadWrite.All"},
                               {}}};
  record.tests = {SamplePass("documented_request", "The documented request is answered 204"),
                  SamplePass("without_accept/plain", "A call without Accept gets an answer")};
  record.tests[1].position = 1;
  return record;
}

/// The first test of SamplePassingRun got 200 and a body.
inline RunRecord SampleFailingRun() {
  RunRecord record = SamplePassingRun();
  record.tests[0] = ExampleFailure();
  record.tests[0].identity = "delegated_work";
  record.tests[0].exchanges = {SampleExchange("", "HTTP/1.1 200 OK", R"({"value": "done"})")};
  return record;
}

/// Steps: created, waited, read with the wrong answer twice over TLS, and a cleanup not reached.
inline TestRecord SampleWorkflow() {
  TestRecord test = ExampleTest("workflow", Outcome::kWarn);
  test.title = "A device that was created can be read, then deleted";
  test.identity = "application";
  test.started = ExampleTime();
  test.duration = std::chrono::milliseconds(1'500);
  test.verdict.reason = "the cleanup delete was not run: id was not captured";
  test.steps = {{"create", "request", false, true, ""},
                {"settle", "wait 5m", false, true, ""},
                {"read", "request", false, true, ""},
                {"delete", "request", true, false, "id was not captured"}};
  test.exchanges = {SampleExchange("create", "HTTP/1.1 201 Created", HostileText()),
                    SampleExchange("read", "HTTP/1.1 200 OK", R"({"id": 7, "name": "Größe"})")};
  ExchangeRecord& read = test.exchanges[1];
  read.duration = std::chrono::milliseconds(1'200);
  read.attempts.insert(read.attempts.begin(), SampleAttempt("", ""));
  read.attempts[0].response.clear();
  read.attempts[0].trouble = "the connection was closed before any answer came";
  read.attempts[0].trouble_kind = "closed";
  read.attempts[1].tls = {{"TLSv1.3", std::string(64, 'c'), "CN=Issuer", "CN=host", "2027-01-01"}};
  read.attempts[1].observations = {{"bare_lf", "in field 2"}};
  Finding finding = ExampleFinding();
  finding.strength = Strength::kShould;
  finding.clause = {"http.date.present", "", ""};
  finding.says = "An answer has a Date field.";
  finding.source = "RFC 9110 §6.6.1";
  finding.step = "read";
  finding.subject = "body/name";
  finding.expected = HostileText();
  finding.actual = R"("Größe")";
  finding.diff = {"/id: expected 8, is 7", "/name: " + HostileText()};
  finding.message = "body/name is not as promised";
  test.verdict.findings = {finding};
  test.verdict.judged = {{finding.clause, false}};
  return test;
}

/// Every outcome, hostile text, a deviation, a shard, an early end, on a service.
inline RunRecord SampleMixedRun() {
  RunRecord record = SampleFailingRun();
  RunHeader& header = record.header;
  header.mock = false;
  header.profile = "global";
  header.target = "https://graph.microsoft.com";
  header.ci_run = "https://ci.example/run/17";
  header.shard_count = 2;
  header.population = 40;
  header.selected = 12;
  header.shuffle_seed = 42;
  header.previous_sha256 = std::string(64, 'd');
  header.self_check.clear();
  header.left_out = {{"suite.other", "--gtest_filter=*sync*"}, {"suite.third", HostileText()}};
  header.deviations = {{"sync.response.204", "*", "200", "The service is being repaired.",
                        "A. Approver", "https://issues.example/7", "2026-10-01", true,
                        "cases/deviations.yaml:3:5"}};
  record.complete = false;
  TestRecord accepted = ExampleFailure();
  accepted.name = "accepted";
  accepted.title = "An answer that is accepted for now";
  accepted.verdict.outcome = Outcome::kDeviation;
  accepted.verdict.findings[0].deviation = header.deviations[0].reason;
  TestRecord unclear = ExampleTest("unclear", Outcome::kInconclusive, "throttled past the limit");
  unclear.title = "A throttled call " + HostileText();
  unclear.exchanges = {SampleExchange("", "HTTP/1.1 429 Too Many Requests", "{}")};
  record.tests.insert(record.tests.end(),
                      {SampleWorkflow(), accepted, unclear,
                       ExampleTest("skipped", Outcome::kSkip, "no token for application"),
                       ExampleTest("cut_off", Outcome::kNotRun, "the run was interrupted")});
  return record;
}

}  // namespace conform
