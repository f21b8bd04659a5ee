// The built program run with many jobs, shuffled, sharded, repeated and stopped early.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <regex>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"

namespace conform {
namespace {

/// Times and generated ids are another each time.
std::string Settled(std::string text) {
  for (const auto& [pattern, word] : {
           std::pair{"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID"},
           std::pair{"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?", "TIME"},
           std::pair{"127\\.0\\.0\\.1:[0-9]+", "ADDRESS"},
           std::pair{"time=\"[0-9.]+\"", "time=\"T\""},
           std::pair{"\\[token, [0-9]+ bytes, [0-9a-f]{6}\\]", "[token]"},
           std::pair{"\"duration_us\":[0-9]+", "\"duration_us\":0"},
           std::pair{"\"times\":\\{[^}]*\\}", "\"times\":{}"},
           std::pair{"\"reused_connection\":true,", ""},
           // Each run finds the history where the one before left it.
           std::pair{",\"history_head\":\"[^\"]*\"", ""},
           std::pair{"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT", "DATE"},
       }) {
    text = std::regex_replace(text, std::regex(pattern), word);
  }
  return text;
}

/// A project against a mock whose success answer is wrong: 16 tests fail, 16 pass.
class Dispatch : public testing::Test {
 protected:
  Dispatch() : mock_(project_, {"success_200"}) {
    WriteRows("rows", "[sync.204]", "POST", "  status: 204\n  body: none\n");
    WriteRows("methods", "[sync.method]", "PUT", "  status: 4xx\n");
  }

  void WriteRows(const std::string& name, const std::string& clauses, const std::string& method,
                 const std::string& response) const {
    std::string text = fmt::format(
        "title: Rows\noperation: things.sync\nclauses: {}\nidentity: delegated_work\nrows:\n",
        clauses);
    for (int i = 0; i < kRows; ++i) text += fmt::format("  r{:02}: {{number: {}}}\n", i, i);
    text += fmt::format("request:\n  method: {}\n  path: /beta/things/sync\n  headers:\n", method) +
            kWithToken + "    X-Number: ${row.number}\n  body: none\nresponse:\n" + response;
    project_.Write(fmt::format("cases/things/{}.yaml", name), text);
  }

  ProgramResult Run(std::vector<std::string> flags,
                    const std::vector<std::string>& variables = {}) const {
    flags.insert(flags.begin(), {"run", "--base-url", mock_.address()});
    return project_.Conform(flags, variables);
  }

  std::string Settle(const std::string& file) const { return Settled(project_.Read(file)); }

  /// The run record's tests, in the order of their names where `sorted`.
  std::string TestsOf(const std::string& folder, bool sorted) const {
    const auto record = nlohmann::json::parse(Settle(folder + "/run.json"), nullptr, false);
    std::vector<std::string> tests;
    for (const auto& test : record["tests"]) {
      tests.push_back(test["name"].get<std::string>() + " " + test.dump());
    }
    if (sorted) std::sort(tests.begin(), tests.end());
    std::string text;
    for (const std::string& test : tests) text += test + "\n";
    return text;
  }

  std::size_t Count(const std::string& outcome, const std::string& folder = "reports") const {
    const auto record = nlohmann::json::parse(project_.Read(folder + "/run.json"), nullptr, false);
    return static_cast<std::size_t>(
        std::count_if(record["tests"].begin(), record["tests"].end(),
                      [&](const auto& test) { return test["verdict"]["outcome"] == outcome; }));
  }

  static constexpr int kRows = 15;
  SampleProject project_;
  SampleMock mock_;
};

TEST_F(Dispatch, GivesTheSameResultsForAnyNumberOfJobs) {
  EXPECT_EQ(Run({"--jobs", "1", "--out", "one"}).exit_code, 1);
  EXPECT_EQ(Count("fail", "one"), 16U);
  EXPECT_EQ(Count("pass", "one"), 16U);
  for (const char* jobs : {"2", "64"}) {
    const ProgramResult result = Run({"--jobs", jobs, "--out", "many"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(TestsOf("many", false), TestsOf("one", false));
    EXPECT_EQ(Settle("many/junit.xml"), Settle("one/junit.xml"));
  }
}

TEST_F(Dispatch, GivesTheSameResultsShuffled) {
  Run({"--jobs", "1", "--out", "one"});
  for (const char* jobs : {"1", "2", "64"}) {
    const std::string folder = fmt::format("shuffled_{}", jobs);
    Run({"--jobs", jobs, "--out", folder, "--gtest_shuffle", "--gtest_random_seed=7"});
    EXPECT_NE(TestsOf(folder, false), TestsOf("one", false));
    EXPECT_EQ(TestsOf(folder, true), TestsOf("one", true));
    EXPECT_EQ(TestsOf(folder, false), TestsOf("shuffled_1", false));
  }
}

TEST_F(Dispatch, RepeatsEachTestAndReportsItOnce) {
  const ProgramResult result = Run({"--gtest_repeat=3", "--jobs", "4"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(Count("fail"), 16U);
  EXPECT_EQ(Count("pass"), 16U);
  const std::string journal = project_.Read("reports/journal.jsonl");
  // Header, end mark, planned, begun and finished tests, and what these judged alike.
  EXPECT_EQ(std::count(journal.begin(), journal.end(), '\n'), 2 + 32 + 3 * 2 * 32 + 3);
  for (const char* const flag : {"--gtest_repeat=-1", "--gtest_repeat=0"}) {
    EXPECT_EQ(LastLine(Run({flag}).errors),
              "conform: --gtest_repeat or GTEST_REPEAT: say how many times, 1 or more");
  }
}

TEST_F(Dispatch, MergesShardsIntoTheReportsOfOneProcess) {
  Run({"--out", "one"});
  std::vector<std::string> merge = {"report", "--merge", "--out", "merged"};
  for (int i = 0; i < 3; ++i) {
    const std::string folder = fmt::format("shard_{}", i);
    Run({"--out", folder}, {"GTEST_TOTAL_SHARDS=3", fmt::format("GTEST_SHARD_INDEX={}", i)});
    merge.push_back(folder);
  }
  const ProgramResult result = project_.Conform(merge);
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(Settle("merged/junit.xml"), Settle("one/junit.xml"));
  EXPECT_EQ(Settle("merged/run.json"), Settle("one/run.json"));
  merge.pop_back();
  const ProgramResult missing = project_.Conform(merge);
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(missing.errors, "conform: shard 2 of 3, counted from 0, is missing\n");
}

TEST_F(Dispatch, RefusesShardsWithEffectsOnATenant) {
  const ProgramResult result = project_.Conform(
      {"run", "--base-url", "https://192.0.2.1", "--allow-effects", "1", "--profile", "global"},
      {"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=0"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.errors,
            "conform: requests with an effect on a tenant are never run sharded: unset "
            "GTEST_TOTAL_SHARDS, or leave --allow-effects out\n");
}

TEST_F(Dispatch, StopsAtTheFirstFailureWhereToldTo) {
  const ProgramResult result = Run({"--fail-fast", "--jobs", "1"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(Count("fail"), 1U);
  EXPECT_EQ(Count("not_run"), 31U);
  EXPECT_NE(project_.Read("reports/junit.xml").find("a test failed and --fail-fast was given"),
            std::string::npos);
}

TEST_F(Dispatch, StopsAtNoFailureThatTheBaselineKnows) {
  Run({"--out", "before"});
  const std::vector<std::string> flags = {"--fail-fast", "--jobs", "1", "--baseline", "before"};
  EXPECT_EQ(Run(flags).exit_code, 0);
  EXPECT_EQ(Count("fail"), 16U);
  EXPECT_EQ(Count("not_run"), 0U);
  WriteRows("sync", "[sync.204]", "POST", "  status: 204\n  body: none\n");  // comes last
  EXPECT_EQ(Run(flags).exit_code, 1);
  EXPECT_EQ(Count("fail"), 17U);
  EXPECT_EQ(Count("not_run"), 15U);
}

TEST_F(Dispatch, SendsNothingAfterItsDeadline) {
  const ProgramResult result = Run({"--deadline", "1ms"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(Count("not_run"), 32U);
  EXPECT_NE(project_.Read("reports/junit.xml").find("the deadline of 1ms was reached"),
            std::string::npos);
}

TEST_F(Dispatch, WritesEveryReportWhenInterrupted) {
  StartedProgram mock(project_.Call({"mock", "--latency", "250ms"}));
  const std::string address = mock.ReadLine();
  for (const int signal : {SIGINT, SIGTERM}) {
    StartedProgram run(project_.Call({"run", "--jobs", "1", "--base-url", address}));
    EXPECT_NE(run.ReadLine(), "");
    run.Signal(signal);
    const ProgramResult result = run.Wait();
    EXPECT_NE(result.exit_code, 0);
    EXPECT_NE(result.exit_code, -1);
    EXPECT_GE(Count("not_run"), 10U);
    EXPECT_LT(Count("not_run"), 32U);
    EXPECT_NE(project_.Read("reports/junit.xml").find("the run was interrupted"),
              std::string::npos);
  }
}

/// Tests that hang on nothing, on a mock of the program's own, which answers in turn.
class Pipelined : public Dispatch {
 protected:
  Pipelined() {
    WriteReading(project_);
    for (const char* const name : {"rows", "methods"}) {
      project_.Remove(fmt::format("cases/things/{}.yaml", name));
    }
    WriteReads("read", "");
    WriteReads("wrong", "  headers:\n    X-Missing: there\n");
    project_.Write("small.yaml",
                   "name: small\ntitle: Small\ntarget: mock\nbounds: {body_bytes: 1}\n");
  }

  void WriteReads(const std::string& name, const std::string& expected) const {
    std::string text =
        "title: Reads\noperation: things.read\nclauses: [read.responses.200]\nidentity: none\n"
        "rows:\n";
    for (int i = 0; i < 3 * kRows; ++i) text += fmt::format("  r{:02}: {{number: {}}}\n", i, i);
    text +=
        "request:\n  method: GET\n  path: /beta/things\n  headers:\n"
        "    X-Number: ${row.number}\n  body: none\nresponse:\n  status: 200\n" +
        expected;
    project_.Write(fmt::format("cases/things/{}.yaml", name), text);
  }
};

TEST_F(Pipelined, GivesTheSameResultsForAnyNumberOfJobs) {
  const auto run = [this](std::vector<std::string> flags) {
    flags.insert(flags.begin(), "run");
    return project_.Conform(flags).exit_code;
  };
  EXPECT_EQ(run({"--jobs", "1", "--out", "one"}), 1);
  EXPECT_EQ(Count("fail", "one"), 45U);
  EXPECT_EQ(Count("pass", "one"), 45U);
  EXPECT_EQ(run({"--jobs", "1", "--out", "small", "--profile", "small.yaml"}), 3);
  EXPECT_EQ(Count("inconclusive", "small"), 90U);
  for (const char* const jobs : {"2", "64"}) {
    EXPECT_EQ(run({"--jobs", jobs, "--out", "many"}), 1);
    EXPECT_EQ(TestsOf("many", false), TestsOf("one", false));
    EXPECT_EQ(Settle("many/junit.xml"), Settle("one/junit.xml"));
    EXPECT_EQ(run({"--jobs", jobs, "--out", "many", "--profile", "small.yaml"}), 3);
    EXPECT_EQ(TestsOf("many", false), TestsOf("small", false));
  }
}

}  // namespace
}  // namespace conform
