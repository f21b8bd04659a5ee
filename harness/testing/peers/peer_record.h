// A run record with every member set, for readers that others wrote.
#pragma once

#include "record/example_record.h"

namespace conform {

/// An attempt over TLS, with interim answer, trailer and cut body.
inline AttemptRecord PeerAttempt() {
  AttemptRecord attempt;
  attempt.started = ExampleTime();
  attempt.times.lookup = std::chrono::microseconds(100);
  attempt.times.connect = std::chrono::microseconds(300);
  attempt.times.tls = std::chrono::microseconds(900);
  attempt.times.first_byte = std::chrono::microseconds(2'000);
  attempt.times.last_byte = std::chrono::microseconds(2'100);
  attempt.remote_address = "127.0.0.1:8443";
  attempt.reused_connection = true;
  attempt.tls = {{"TLSv1.3", "ab12", "CN=ca", "CN=localhost", "2030-01-01"}};
  attempt.request.start_line = "POST /beta/things?a=b%20c&d HTTP/1.1";
  attempt.request.fields = {{"Host", "localhost"}, {"Content-Type", "application/json"}};
  attempt.request.body = "{}";
  attempt.request.body_bytes = 2;
  attempt.interim = {{"HTTP/1.1 103 Early Hints", {{"Link", "</x>"}}, "", false, false, 0, {}}};
  attempt.response = {{"HTTP/1.1 200 OK",
                       {{"Content-Type", "application/json"}},
                       "{\"cut\": \"\\x00 同步",
                       /*body_cut=*/true,
                       /*body_shown=*/true,
                       70'000,
                       {{"X-Trailer", "1"}}}};
  attempt.observations = {{"bare_lf", "at the status line"}};
  return attempt;
}

/// Every outcome, attempts with and without an answer, a deviation, a cut body, odd names.
inline RunRecord PeerRecord() {
  RunRecord record = ExampleRecord();
  RunHeader& header = record.header;
  header.tool.commit = "3c36035e1a2b";
  header.ci_run = "https://ci.example/run/7";
  header.shuffle_seed = 42;
  header.identities = {{"delegated_work", "test key", "tenant", "app", {"A.Read"}, {"R.Read"}}};
  header.requires_clauses = {"sync.response.204"};
  header.deviations = {{"sync.response.204", "*", "200", "known", "A. Nyone", "#7", "2027-01-01",
                        false, "cases/deviations.yaml:3:5"}};
  header.files = {{"spec", "specs/a.yaml", std::string(64, 'a')}};
  header.self_check = {{ExampleTime(), 96, 96}};
  header.previous_sha256 = std::string(64, 'b');
  header.left_out = {{"suite.other", "--gtest_filter=x"}};

  const AttemptRecord attempt = PeerAttempt();
  AttemptRecord refused;
  refused.started = ExampleTime() - std::chrono::milliseconds(1);
  refused.request = attempt.request;
  refused.trouble = "connection refused";
  refused.trouble_kind = "connect";
  TestRecord& failed = record.tests[0];
  failed.identity = "delegated_work";
  failed.steps = {{"first", "request", true, true, ""}, {"second", "wait 5m", false, false, "why"}};
  failed.exchanges[0].step = "first";
  failed.exchanges[0].after = std::chrono::microseconds(7);
  failed.exchanges[0].trouble = "it was cut";
  failed.exchanges[0].attempts = {refused, attempt};
  failed.verdict.client_kept = {{"sync.request.accept", kExampleOperation, "2019-01"}};
  failed.verdict.observed = {{"first", "status", "200"}};
  failed.verdict.reached_success = {kExampleOperation};
  failed.verdict.findings[0].step = "first";
  failed.verdict.findings[0].diff = {"/a: 1 is 2"};

  TestRecord accepted = ExampleFailure();
  accepted.name = "accepted/row_b";
  accepted.verdict.outcome = Outcome::kDeviation;
  accepted.verdict.findings[0].deviation = "known";
  TestRecord warned = ExampleFailure();
  warned.name = "warned";
  warned.verdict.outcome = Outcome::kWarn;
  warned.verdict.findings[0].strength = Strength::kShould;
  record.tests.push_back(accepted);
  record.tests.push_back(warned);
  record.tests.push_back(
      ExampleTest("unclear", Outcome::kInconclusive, "came: \x1b[0m ]]> <b> & \"同步\" 😀 \xFF"));
  record.tests.push_back(ExampleTest("skipped", Outcome::kSkip, "no token for application"));
  record.tests.push_back(ExampleTest("not_run", Outcome::kNotRun, "the run ended before it"));
  return record;
}

}  // namespace conform
