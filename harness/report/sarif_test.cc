#include "report/sarif.h"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "record/example_record.h"

namespace conform {
namespace {

using nlohmann::json;

json ReadRun(const RunRecord& record, const Conclusion& conclusion = {},
             const SarifLimits& limits = {}) {
  return json::parse(RenderSarif(record, conclusion, limits))["runs"][0];
}

std::string NotificationsOf(const json& invocation) {
  std::string told;
  for (const json& each : invocation["toolExecutionNotifications"]) {
    told += each["level"].get<std::string>() + " " + each["descriptor"]["id"].get<std::string>() +
            ": " + each["message"]["text"].get<std::string>() + "\n";
  }
  return told;
}

std::string FingerprintOf(const RunRecord& record) {
  return ReadRun(record)["results"][0]["partialFingerprints"]["conformBreach/v1"];
}

constexpr const char* kResult = R"({
 "ruleId": "sync.response.204/2019-01", "ruleIndex": 0, "kind": "fail", "level": "error",
 "message": {"text": "status is 200, the contract promises 204 — A successful call is answered 204 No Content. Expected 204, got 200. Test deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request."},
 "locations": [{
  "physicalLocation": {
   "artifactLocation": {
    "uri": "cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml",
    "uriBaseId": "SRCROOT"},
   "region": {"startLine": 12, "startColumn": 11, "endColumn": 14,
              "snippet": {"text": "  status: 204"}}},
  "logicalLocations": [{
   "fullyQualifiedName": "deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request",
   "kind": "member"}]}],
 "partialFingerprints": {"conformBreach/v1": "FINGERPRINT"},
 "properties": {"subject": "status", "expected": "204", "actual": "200",
                "source": "edition 2019-01, Response, sentence bbfb6-130"}
})";

constexpr const char* kRule = R"JSON({
 "id": "sync.response.204/2019-01",
 "shortDescription": {"text": "Says so."},
 "fullDescription": {"text": "Says so. (It binds the service.)"},
 "help": {"text": "Source: edition 2019-01, Response"},
 "defaultConfiguration": {"level": "error"},
 "properties": {"strength": "must", "binds": "service",
                "operation": "deviceManagement.windowsAutopilotSettings.sync"}
})JSON";

TEST(RenderSarif, AFindingIsAResultAtItsYamlLine) {
  const RunRecord record = ExampleRecord();
  json run = ReadRun(record);
  ASSERT_EQ(run["results"].size(), 1U);
  EXPECT_EQ(FingerprintOf(record).size(), 32U);
  run["results"][0]["partialFingerprints"]["conformBreach/v1"] = "FINGERPRINT";
  EXPECT_EQ(run["results"][0], json::parse(kResult)) << run["results"][0].dump(1);
}

TEST(RenderSarif, AClauseIsARule) {
  const json driver = ReadRun(ExampleRecord())["tool"]["driver"];
  EXPECT_EQ(driver["name"], "conform");
  EXPECT_EQ(driver["version"], "0.1.0");
  ASSERT_EQ(driver["rules"].size(), 1U);
  EXPECT_EQ(driver["rules"][0], json::parse(kRule)) << driver["rules"][0].dump(1);
}

TEST(RenderSarif, AClauseThatBindsNobodySaysSo) {
  RunRecord record = ExampleRecord();
  record.header.clauses[0].binds = Binds::kNobody;
  EXPECT_EQ(ReadRun(record)["tool"]["driver"]["rules"][0]["fullDescription"]["text"],
            "Says so. (It binds nobody.)");
}

TEST(RenderSarif, AShouldIsAWarning) {
  RunRecord record = ExampleRecord();
  record.tests[0].verdict.findings[0].strength = Strength::kShould;
  EXPECT_EQ(ReadRun(record)["results"][0]["level"], "warning");
}

TEST(RenderSarif, ADeviationIsSuppressed) {
  RunRecord record = ExampleRecord();
  EXPECT_FALSE(ReadRun(record)["results"][0].contains("suppressions"));
  record.tests[0].verdict.findings[0].deviation = "known since May";
  EXPECT_EQ(ReadRun(record)["results"][0]["suppressions"], json::parse(R"([
    {"kind": "external", "status": "accepted", "justification": "known since May"}])"));
}

TEST(RenderSarif, AFingerprintIsOfTheBreachAndNotOfItsValues) {
  const std::string before = FingerprintOf(ExampleRecord());
  const auto after = [](auto change) {
    RunRecord record = ExampleRecord();
    change(record.tests[0], record.tests[0].verdict.findings[0]);
    return FingerprintOf(record);
  };
  EXPECT_EQ(after([](TestRecord&, Finding& finding) {
              finding.actual = "500";
              finding.expected = "202";
              finding.message = "another";
              finding.span.line = 40;
            }),
            before);
  EXPECT_NE(after([](TestRecord&, Finding& finding) { finding.clause.id = "other"; }), before);
  EXPECT_NE(after([](TestRecord&, Finding& finding) { finding.subject = "body"; }), before);
  EXPECT_NE(after([](TestRecord& test, Finding&) { test.case_id = "other"; }), before);
  EXPECT_NE(after([](TestRecord& test, Finding&) { test.name += "/row"; }), before);
  const auto at = [&](const char* subject) {
    return after([&](TestRecord&, Finding& finding) { finding.subject = subject; });
  };
  EXPECT_EQ(at("body/value/3/id"), at("body/value/17/id"));
  EXPECT_NE(at("body/value/3/id"), at("body/value/3/name"));
}

TEST(RenderSarif, AnAddressIsRelativeWhereItCanBe) {
  const std::array<std::array<const char*, 2>, 4> rows = {
      {{"cases/a b.yaml", R"({"uri": "cases/a%20b.yaml", "uriBaseId": "SRCROOT"})"},
       {"./cases//a.yaml", R"({"uri": "cases/a.yaml", "uriBaseId": "SRCROOT"})"},
       {"C:x.yaml", R"({"uri": "C%3Ax.yaml", "uriBaseId": "SRCROOT"})"},
       {"/tmp/a#b.yaml", R"({"uri": "file:///tmp/a%23b.yaml"})"}}};
  for (const auto& [path, artifact] : rows) {
    RunRecord record = ExampleRecord();
    record.tests[0].verdict.findings[0].path = path;
    const json location = ReadRun(record)["results"][0]["locations"][0]["physicalLocation"];
    EXPECT_EQ(location["artifactLocation"], json::parse(artifact)) << path;
  }
}

TEST(RenderSarif, WithoutALineThereIsNoRegion) {
  RunRecord record = ExampleRecord();
  record.tests[0].verdict.findings[0].span = {};
  const json location = ReadRun(record)["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_FALSE(location.contains("region"));
}

TEST(RenderSarif, WhatCouldNotBeToldIsANotification) {
  RunRecord record = ExampleRecord();
  record.complete = false;
  record.tests = {ExampleTest("unclear", Outcome::kInconclusive, "the service answered 503"),
                  ExampleTest("one", Outcome::kNotRun, "the run ended before it"),
                  ExampleTest("two", Outcome::kNotRun, "the run ended before it"),
                  ExampleTest("three", Outcome::kSkip, "no token")};
  const json invocation = ReadRun(record)["invocations"][0];
  EXPECT_EQ(invocation["executionSuccessful"], false);
  EXPECT_EQ(invocation["startTimeUtc"], "2026-11-24T22:54:03.120Z");
  EXPECT_EQ(invocation["endTimeUtc"], "2026-11-24T22:54:03.125Z");
  EXPECT_EQ(
      NotificationsOf(invocation),
      "error conform/cut-off: The run was cut off and did not finish.\n"
      "note conform/mock: The target was a mock: a pass proves the harness, not the service.\n"
      "warning conform/inconclusive: "
      "deviceManagement_windowsAutopilotSettings_sync/2019_01.unclear: "
      "the service answered 503\n"
      "error conform/not-run: 2 of 4 tests did not run, the first because: the run ended "
      "before it\n"
      "note conform/skipped: 1 of 4 tests were skipped, the first because: no token\n");
}

TEST(RenderSarif, WhatTheExitCodeSaysOfTheRunIsAnErrorOfTheInvocation) {
  struct Row {
    Conclusion conclusion;
    bool successful;
    const char* told;
  };
  const Row rows[] = {{{0, "conforms", {}, {}}, true, ""},
                      {{1, "nonconformance (a; b)", {}, {"a", "b"}},
                       true,
                       "note conform/exit-code: a\nnote conform/exit-code: b\n"},
                      {{2, "bad input (a)", {}, {"a"}}, false, "error conform/exit-code: a\n"},
                      {{3, "could not tell (a; b)", {}, {"a", "b"}},
                       false,
                       "error conform/exit-code: a\nerror conform/exit-code: b\n"}};
  RunRecord record = ExampleRecord();
  record.header.mock = false;
  record.header.target = "https://graph.microsoft.com";
  for (const auto& [conclusion, successful, told] : rows) {
    const json invocation = ReadRun(record, conclusion)["invocations"][0];
    EXPECT_EQ(invocation["executionSuccessful"], successful) << conclusion.meaning;
    EXPECT_EQ(invocation["exitCode"], conclusion.exit_code);
    EXPECT_EQ(invocation["exitCodeDescription"], conclusion.meaning);
    EXPECT_EQ(NotificationsOf(invocation), told) << conclusion.meaning;
  }
}

TEST(RenderSarif, AFailureWithoutAFindingIsANotification) {
  RunRecord record = ExampleRecord();
  TestRecord flaky = ExampleTest("flaky", Outcome::kFail, "flaky: 429 was waited out once (1s)");
  flaky.line = 4;
  TestRecord warned = ExampleFailure();
  warned.verdict.findings[0].strength = Strength::kShould;
  warned.verdict.reason = "flaky: 503 was waited out once (1s)";
  record.tests = {ExampleFailure(), flaky, warned};
  const json told = ReadRun(record)["invocations"][0]["toolExecutionNotifications"];
  ASSERT_EQ(told.size(), 3U) << told.dump(1);
  EXPECT_EQ(told[1]["descriptor"]["id"], "conform/flaky");
  EXPECT_EQ(told[1]["level"], "error");
  EXPECT_EQ(told[1]["message"]["text"],
            "deviceManagement_windowsAutopilotSettings_sync/2019_01.flaky: flaky: 429 was waited "
            "out once (1s)");
  EXPECT_EQ(told[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 4);
  EXPECT_EQ(told[2]["descriptor"]["id"], "conform/flaky");
  record.header.strict = true;
  EXPECT_EQ(ReadRun(record)["invocations"][0]["toolExecutionNotifications"].size(), 2U);
}

TEST(RenderSarif, OfTooManyFindingsTheBrokenMustsAreKeptAndTheRestIsCounted) {
  RunRecord record = ExampleRecord();
  TestRecord warned = ExampleFailure();
  warned.verdict.outcome = Outcome::kWarn;
  warned.verdict.findings[0].strength = Strength::kShould;
  record.tests = {warned, ExampleFailure(), warned};
  const json run = ReadRun(record, {}, {1, 10});
  ASSERT_EQ(run["results"].size(), 1U);
  EXPECT_EQ(run["results"][0]["level"], "error");
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"][1]["message"]["text"],
            "2 more findings are left out: run.json has all.");
}

}  // namespace
}  // namespace conform
