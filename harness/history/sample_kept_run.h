// Kept runs for tests: three tests that pass, and what may become of them.
#pragma once

#include <chrono>
#include <string>

#include "history/kept_run.h"

namespace conform {

/// 2026-03-01T06:00:00Z.
inline std::chrono::system_clock::time_point SampleMorning() {
  return std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(6);
}

inline KeptTest SampleKeptTest(const std::string& name, Outcome outcome = Outcome::kPass) {
  KeptTest test;
  test.id = "things_sync/2024_08." + name;
  test.case_id = "things/" + name;
  test.operation = "things.sync";
  test.edition = "2024-08";
  test.path = "cases/things/" + name + ".yaml";
  test.definition = {"case " + name, "contract"};
  test.outcome = outcome;
  test.behaviour = {{"body", "empty"}, {"headers.date", "present"}, {"status", "204"}};
  test.durations = {std::chrono::milliseconds(20), std::chrono::milliseconds(40)};
  test.sent = true;
  test.answered = true;
  return test;
}

/// Of the day after SampleMorning() by so many days.
inline KeptRun SampleKeptRun(int day = 0) {
  KeptRun run;
  run.sha256 = "record " + std::to_string(day);
  if (day > 0) run.previous_sha256 = "record " + std::to_string(day - 1);
  run.started = SampleMorning() + std::chrono::hours(24 * day);
  run.duration = std::chrono::seconds(2);
  run.tool = "0.1.0";
  run.profile = "global";
  run.target = "https://graph.example";
  run.connection = {{"https://graph.example: TLS version", "TLSv1.3"},
                    {"https://graph.example: certificate issuer", "CN=Old CA"}};
  run.tests = {SampleKeptTest("documented"), SampleKeptTest("in_progress"),
               SampleKeptTest("without_token")};
  return run;
}

/// The answer was 200.
inline void BreakStatus(KeptTest& test) {
  test.outcome = Outcome::kFail;
  test.findings = {{"sync.204", "", "status", "status is 200, the contract promises 204", false}};
  test.behaviour.back().value = "200";
}

}  // namespace conform
