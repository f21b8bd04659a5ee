#include "report/console.h"

#include <gtest/gtest.h>

#include <sstream>
#include <tuple>

#include "record/example_record.h"
#include "testing/no_secrets.h"

namespace conform {
namespace {

std::string Summarise(const RunRecord& record, const Conclusion& conclusion) {
  std::ostringstream out;
  Console(out, false, kNoSecrets).Summary(record, ComputeCoverage(record), conclusion);
  return out.str();
}

TEST(ConsoleTestLine, IsFollowedByWhatWasFound) {
  std::ostringstream out;
  TestRecord test = ExampleFailure();
  test.verdict.outcome = Outcome::kWarn;
  test.exchanges.clear();
  Console(out, false, kNoSecrets).TestLine(test);
  Console(out, false, kNoSecrets).TestLine(ExampleTest("b", Outcome::kPass));
  EXPECT_EQ(out.str(),
            R"(WARN  deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request
cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11: status is 200, the contract promises 204
 12 |   status: 204
    |           ^^^
      clause   sync.response.204 (must): A successful call is answered 204 No Content.
      source   edition 2019-01, Response, sentence bbfb6-130
PASS  deviceManagement_windowsAutopilotSettings_sync/2019_01.b
)");
}

TEST(ConsoleTestLine, TellsOnceWhyTestsWereNotRun) {
  std::ostringstream out;
  Console console(out, false, kNoSecrets);
  for (const auto& [name, outcome, reason] :
       {std::tuple{"a", Outcome::kSkip, "no token"}, std::tuple{"b", Outcome::kSkip, "no token"},
        std::tuple{"c", Outcome::kSkip, "no key"}, std::tuple{"d", Outcome::kInconclusive, "lost"},
        std::tuple{"e", Outcome::kInconclusive, "lost"}}) {
    TestRecord test = ExampleTest(name, outcome);
    test.verdict.reason = reason;
    test.exchanges.clear();
    console.TestLine(test);
  }
  const std::string suite = kExampleSuite;
  EXPECT_EQ(out.str(), "SKIP  " + suite + ".a: no token\nSKIP  " + suite + ".b: no token\nSKIP  " +
                           suite + ".c: no key\nINCONCLUSIVE  " + suite +
                           ".d: lost\nINCONCLUSIVE  " + suite + ".e: lost\n");
}

TEST(ConsoleSummary, CountsTheReasonsForWhichTestsWereNotRun) {
  RunRecord record = ExampleRecord();
  const auto add = [&](Outcome outcome, const std::string& reason) {
    TestRecord test = ExampleTest("x", outcome);
    test.verdict.reason = reason;
    record.tests.push_back(test);
  };
  add(Outcome::kSkip, "rare");
  for (int i = 0; i < 12; ++i) add(Outcome::kSkip, "no token");
  for (int i = 0; i < 10; ++i) add(Outcome::kNotRun, "deadline " + std::to_string(i));
  const std::string told = Summarise(record, {3, "could not tell", {}});
  const std::string begin = told.substr(0, told.find("contract clauses"));
  EXPECT_TRUE(
      begin.starts_with("\n25 tests in 0.01 s: 1 pass, 1 fail, 13 skip, 10 not run\n"
                        "   12 skip     no token\n    1 not run  deadline 0\n"))
      << begin;
  EXPECT_TRUE(begin.ends_with("    1 not run  deadline 8\n    2 for other reasons\n")) << begin;
}

TEST(ConsoleTestLine, IsColouredOnlyWhenAsked) {
  const std::pair<Outcome, const char*> rows[] = {
      {Outcome::kPass, "\x1b[32mPASS\x1b[0m"},
      {Outcome::kDeviation, "\x1b[34mDEVIATION\x1b[0m"},
      {Outcome::kWarn, "\x1b[33mWARN\x1b[0m"},
      {Outcome::kInconclusive, "\x1b[35mINCONCLUSIVE\x1b[0m"},
      {Outcome::kFail, "\x1b[1;31mFAIL\x1b[0m"},
      {Outcome::kSkip, "\x1b[36mSKIP\x1b[0m"},
      {Outcome::kNotRun, "\x1b[36mNOT RUN\x1b[0m"}};
  for (const auto& [outcome, word] : rows) {
    std::ostringstream coloured;
    Console(coloured, true, kNoSecrets).TestLine(ExampleTest("b", outcome));
    EXPECT_EQ(coloured.str(), std::string(word) + "  " + kExampleSuite + ".b\n");
    std::ostringstream plain;
    Console(plain, false, kNoSecrets).TestLine(ExampleTest("b", outcome));
    EXPECT_EQ(plain.str().find('\x1b'), std::string::npos);
  }
}

TEST(ConsoleSummary, TellsWhatWasJudgedAndWhatBroke) {
  EXPECT_EQ(Summarise(ExampleRecord(), {1, "nonconformance", {"reports/junit.xml"}}),
            R"(
2 tests in 0.01 s: 1 pass, 1 fail
contract clauses: 1 judged of 1 promised, 0 untested, 0 missing
  broken   sync.response.204 (2019-01), by deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request
reports: reports/junit.xml
The target was a mock: a pass proves the harness, not the service.
exit code 1: nonconformance; 1 of 1 contract clauses judged
)");
}

TEST(ConsoleSummary, CountsWhatWasAnsweredOnlyWhenAskedAgain) {
  RunRecord record = ExampleRecord();
  record.tests[1].flaky = true;
  EXPECT_TRUE(
      Summarise(record, {1, "nonconformance", {}})
          .starts_with("\n2 tests in 0.01 s: 1 pass, 1 fail; 1 of them flaky, answered only "
                       "when asked again\n"));
}

TEST(ConsoleSummary, TellsEachOutcomeSelectionShardAndMissingClauses) {
  RunRecord record = ExampleRecord();
  record.header.mock = false;
  record.header.population = 60;
  record.header.selected = 14;
  record.header.shard_index = 1;
  record.header.shard_count = 2;
  record.complete = false;
  record.duration = std::chrono::milliseconds(1'250);
  record.tests.clear();
  for (const Outcome outcome : kOutcomes) {
    record.tests.push_back(ExampleTest(std::string(NameOf(outcome)), outcome));
  }
  const ClauseRecord protocol = ExampleProtocolClause("http.405.allow", Strength::kMust);
  record.header.clauses = {
      ExampleClause("sync.request.path", Binds::kService, Strength::kMust),
      ExampleClause("sync.cloud", Binds::kService, Strength::kShould, "no such cloud here"),
      ExampleClause("sync.request.accept", Binds::kClient, Strength::kMust), protocol};
  record.tests[0].verdict.judged = {{protocol.key, false}};
  record.tests[1].verdict.judged = {{protocol.key, false}};
  EXPECT_EQ(Summarise(record, {3, "could not tell", {"reports/junit.xml", "reports/run.json"}}),
            R"(
7 tests in 1.25 s: 1 pass, 1 deviation, 1 warn, 1 inconclusive, 1 fail, 1 skip, 1 not run
selected: 14 of 60 tests
shard: 1 of 2, counted from 0
The run was ended early: this is what it left.
contract clauses: 0 judged of 2 promised, 1 untested, 1 missing
  broken   http.405.allow, by deviceManagement_windowsAutopilotSettings_sync/2019_01.pass and 1 more
  missing  sync.request.path (2019-01)
reports: reports/junit.xml
         reports/run.json
exit code 3: could not tell; 0 of 2 contract clauses judged
)");
}

TEST(ConsoleSummary, NamesTenMissingClausesAndCountsTheRest) {
  RunRecord record = ExampleRecord();
  record.tests = {ExampleTest("a", Outcome::kPass)};
  record.header.clauses.clear();
  for (int i = 1; i <= 12; ++i) {
    record.header.clauses.push_back(
        ExampleClause("c" + std::to_string(i), Binds::kService, Strength::kMust));
  }
  EXPECT_EQ(Summarise(record, {3, "nothing was judged", {}}),
            R"(
1 test in 0.01 s: 1 pass
contract clauses: 0 judged of 12 promised, 0 untested, 12 missing
  missing  c1 (2019-01)
  missing  c2 (2019-01)
  missing  c3 (2019-01)
  missing  c4 (2019-01)
  missing  c5 (2019-01)
  missing  c6 (2019-01)
  missing  c7 (2019-01)
  missing  c8 (2019-01)
  missing  c9 (2019-01)
  missing  c10 (2019-01)
  missing  2 more
The target was a mock: a pass proves the harness, not the service.
exit code 3: nothing was judged; 0 of 12 contract clauses judged
)");
}

}  // namespace
}  // namespace conform
