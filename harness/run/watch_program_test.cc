// What a run of a schedule must not take for a change of the service, by the built program.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "run/sample_history.h"

namespace conform {
namespace {

class WatchProgramTest : public HistoryProgramTest {
 protected:
  /// With the application's token in a variable.
  ProgramResult WatchByProfile(const SampleMock& mock, const std::string& token) const {
    project_.Write("lab.yaml", fmt::format("name: lab\ntitle: A lab\ntarget: {}\nidentities:\n"
                                           "  delegated_work: {{variable: TOK}}\n",
                                           mock.address()));
    std::vector<std::string> variables;
    if (!token.empty()) variables.push_back("TOK=" + token);
    return Conform({"watch", "--profile", "lab.yaml", "--allow-effects", "9"}, variables);
  }
};

TEST_F(WatchProgramTest, ATokenThatIsLostIsNoChangeOfTheService) {
  const SampleMock mock(project_, {});
  const std::string token = "no.token.at.all";
  const ProgramResult first = WatchByProfile(mock, token);
  EXPECT_NE(first.output.find("first run of lab"), std::string::npos) << first.output;
  const ProgramResult lost = WatchByProfile(mock, "");
  EXPECT_EQ(lost.exit_code, 3) << lost.output;
  EXPECT_EQ(lost.output.find("skip"), std::string::npos) << lost.output;
  EXPECT_NE(lost.output.find("could not tell: 1 of 2 tests were not judged: no token for "
                             "delegated_work"),
            std::string::npos)
      << lost.output;
  const ProgramResult again = WatchByProfile(mock, token);
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_EQ(again.output.substr(0, 41), "missing verdicts: they are judged again\n ")
      << again.output;
}

TEST_F(WatchProgramTest, AShardWithoutTestsIsNoTrouble) {
  const auto shard = [&](const char* command) {
    return Conform({command, "--gtest_filter=*documented"},
                   {"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=1"});
  };
  EXPECT_EQ(shard("run").exit_code, 0);
  for (int i = 0; i < 2; ++i) {
    const ProgramResult result = shard("watch");
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.output + result.errors, "");
  }
}

TEST_F(WatchProgramTest, OtherEditionsAreAnotherSeries) {
  std::string contract = kSampleContract;
  for (std::size_t at = contract.find("2024-08"); at != std::string::npos;
       at = contract.find("2024-08", at)) {
    contract.replace(at, 7, "2025-01");
  }
  project_.Write("specs/things/sync/2025-01.yaml", contract);
  const std::string first = "first run of mock at loopback";
  const std::string end = "; later ones are compared with it\n";
  const struct {
    std::vector<std::string> flags;
    std::string output;
  } rows[] = {
      {{}, first + ": 2 tests" + end},
      {{"--as-of", "2024-09"}, first + ", editions of 2024-08: 2 tests" + end},
      {{}, ""},
      {{"--as-of", "2025-02"}, ""},  // the newest, as without a day
      {{"--as-of", "2024-10"}, ""},
      {{"--as-of", "2024-10", "--strict"}, first + ", strict, editions of 2024-08: 2 tests" + end},
  };
  for (const auto& row : rows) {
    const ProgramResult told = Watch({}, row.flags);
    EXPECT_EQ(told.exit_code, 0) << told.errors;
    EXPECT_EQ(told.output, row.output);
  }
}

TEST_F(WatchProgramTest, AFilterThatSelectsNothingChangesNothing) {
  Watch({});
  const std::string runs = Conform({"history"}).output;
  for (const bool mistyped : {true, false}) {
    const ProgramResult told = Watch({}, {mistyped ? "--gtest_filter=typo*" : "--gtest_filter=*"});
    EXPECT_EQ(told.exit_code, mistyped ? 2 : 0) << told.errors;
    EXPECT_EQ(told.output, "");
    EXPECT_EQ(told.errors, mistyped ? "conform: the filter selects no test\n" : "");
    EXPECT_EQ(Conform({"history"}).output == runs, mistyped);
  }
}

TEST_F(WatchProgramTest, APathIsOneHoweverItIsWritten) {
  project_.Write("cases/others/another.yaml", project_.Read("cases/things/documented.yaml"));
  EXPECT_EQ(Conform({"watch", "./cases"}).exit_code, 0);
  const std::string absolute = (project_.folder() / "cases/things").string();
  for (const std::string& path :
       {std::string("./cases/things"), std::string("cases//others/../things/"), absolute}) {
    const ProgramResult some = Conform({"watch", path});
    EXPECT_EQ(some.exit_code, 0) << path;
    EXPECT_EQ(some.output + some.errors, "") << path;
    EXPECT_EQ(LastLine(Conform({"diff", "@1", "@"}).output), "nothing changed") << path;
    EXPECT_NE(project_.Read("reports/run.json").find(R"("path":"cases/things/documented.yaml")"),
              std::string::npos)
        << path;
  }
  EXPECT_EQ(Conform({"watch"}).output, "");
}

TEST_F(WatchProgramTest, WithoutItsReportsItIsNoSilentRun) {
  for (const char* const report : {"junit.xml", "run.json"}) {
    EXPECT_EQ(Conform({"watch", "--out", "out"}).exit_code, 0) << report;
    project_.Write(fmt::format("{}/{}/file", report, report), "");
    const ProgramResult unwritten = Conform({"watch", "--out", report});
    EXPECT_EQ(unwritten.exit_code, 3) << report;
    EXPECT_EQ(unwritten.output, "") << report;
    EXPECT_EQ(unwritten.errors.find(fmt::format("conform: cannot write {}/{}", report, report)), 0U)
        << unwritten.errors;
  }
}

TEST_F(WatchProgramTest, WithoutRoomForTheHistoryItCannotTell) {
  ProgramCall call = project_.Call({"watch", "--history", "new.sqlite"});
  std::string line = "ulimit -f 40; exec";
  for (const std::string& each : call.arguments) line += " '" + each + "'";
  call.arguments = {"sh", "-c", line};
  const ProgramResult full = RunProgram(call);
  EXPECT_EQ(full.exit_code, 3);
  EXPECT_EQ(full.errors,
            "conform: new.sqlite: disk I/O error: the disk failed or is full, or files may not be "
            "so large here: mend that, or name another file with --history\n");
}

TEST_F(WatchProgramTest, AContractIsSeenToBeEditedWhereverItLies) {
  project_.Remove("specs/things/sync/2024-08.yaml");
  for (const char* end : {"", "# edited\n"}) {
    project_.Write("specs/things/beta/sync/2024-08.yaml", kSampleContract + std::string(end));
    EXPECT_EQ(RunOn({}).exit_code, 0);
  }
  const ProgramResult told = Conform({"diff", "@-1", "@"});
  EXPECT_NE(told.output.find("2 tests were edited in between"), std::string::npos) << told.output;
}

}  // namespace
}  // namespace conform
