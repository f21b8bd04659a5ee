// GoogleTest's flags, passed through by the built program.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "run/sample_project.h"
#include "run/test_filter.h"

namespace conform {
namespace {

/// The tests that the console told of, as `PASS  name`, in order.
std::vector<std::string> Told(const ProgramResult& result) {
  std::vector<std::string> told;
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("PASS  ", 0) == 0) told.push_back(line.substr(6));
  }
  return told;
}

/// Several tests: rows too.
class GtestFlags : public testing::Test {
 protected:
  GtestFlags() {
    project_.Write("cases/things/methods.yaml",
                   "title: Other methods are refused\noperation: things.sync\n"
                   "clauses: [sync.method]\nidentity: delegated_work\n"
                   "rows:\n  get: {method: GET}\n  put: {method: PUT}\n  delete: {method: DELETE}\n"
                   "request:\n  method: ${row.method}\n  path: /beta/things/sync\n  headers:\n" +
                       std::string(kWithToken) + "  body: none\nresponse:\n  status: 4xx\n");
  }

  SampleProject project_;
  const std::string suite_ = "things_sync/2024_08";
  const std::vector<std::string> all_ = {suite_ + ".documented", suite_ + ".methods/get",
                                         suite_ + ".methods/put", suite_ + ".methods/delete",
                                         suite_ + ".without_token"};
};

TEST_F(GtestFlags, RunInTheOrderOfTheFiles) {
  const ProgramResult result = project_.Conform({"run"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_EQ(Told(result), all_);
}

TEST_F(GtestFlags, FilterSelects) {
  EXPECT_EQ(Told(project_.Conform({"run", "--gtest_filter=*methods*-*put"})),
            (std::vector<std::string>{all_[1], all_[3]}));
}

TEST_F(GtestFlags, ListTestsListsAndSendsNothing) {
  const ProgramResult result = project_.Conform(
      {"run", "--gtest_list_tests", "--gtest_filter=-*put", "--base-url", "http://127.0.0.1:1"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output,
            "things_sync/2024_08.\n  documented\n  methods/get\n  methods/delete\n"
            "  without_token\n");
  EXPECT_EQ(project_.Read("reports/junit.xml"), "");
}

TEST_F(GtestFlags, ShuffleRunsEachOnce) {
  std::set<std::vector<std::string>> orders;
  for (const char* seed : {"1", "2", "3", "4", "5"}) {
    std::vector<std::string> told = Told(
        project_.Conform({"run", "--gtest_shuffle", fmt::format("--gtest_random_seed={}", seed)}));
    orders.insert(told);
    std::sort(told.begin(), told.end());
    std::vector<std::string> all = all_;
    std::sort(all.begin(), all.end());
    EXPECT_EQ(told, all);
  }
  EXPECT_GT(orders.size(), 1u);
}

TEST_F(GtestFlags, RepeatRunsEachAgainAndReportsItOnce) {
  const ProgramResult result = project_.Conform({"run", "--gtest_repeat=3"});
  EXPECT_EQ(result.exit_code, 0) << result.output;
  EXPECT_EQ(Told(result).size(), 15u);
  const std::string junit = project_.Read("reports/junit.xml");
  std::size_t cases = 0;
  for (std::size_t at = 0; (at = junit.find("<testcase ", at)) != std::string::npos; ++at) ++cases;
  EXPECT_EQ(cases, 5u);
}

TEST_F(GtestFlags, ShardsRunEachTestOnce) {
  std::vector<std::string> told;
  for (int index = 0; index < 3; ++index) {
    const ProgramResult result = project_.Conform(
        {"run"}, {"GTEST_TOTAL_SHARDS=3", fmt::format("GTEST_SHARD_INDEX={}", index)});
    EXPECT_EQ(result.exit_code, 0);
    for (const std::string& test : Told(result)) told.push_back(test);
  }
  std::sort(told.begin(), told.end());
  std::vector<std::string> all = all_;
  std::sort(all.begin(), all.end());
  EXPECT_EQ(told, all);
}

TEST_F(GtestFlags, OutputTellsEachTestsOwnFileAndLine) {
  EXPECT_EQ(project_.Conform({"run", "--gtest_output=json:gtest.json"}).exit_code, 0);
  const auto told = nlohmann::json::parse(project_.Read("gtest.json"), nullptr, false);
  ASSERT_FALSE(told.is_discarded());
  std::vector<std::string> places;
  for (const auto& test : told.at("testsuites").at(0).at("testsuite")) {
    places.push_back(fmt::format("{} {}:{}", test.at("name").get<std::string>(),
                                 test.at("file").get<std::string>(), test.at("line").get<int>()));
  }
  EXPECT_EQ(places, (std::vector<std::string>{"documented cases/things/documented.yaml:5",
                                              "methods/get cases/things/methods.yaml:6",
                                              "methods/put cases/things/methods.yaml:7",
                                              "methods/delete cases/things/methods.yaml:8",
                                              "without_token cases/things/without_token.yaml:5"}));
}

TEST_F(GtestFlags, OutputTellsWhatFailedAtItsPlaceInTheCase) {
  const SampleMock mock(project_, {"success_200"});
  EXPECT_EQ(
      project_.Conform({"run", "--base-url", mock.address(), "--gtest_output=json:gtest.json"})
          .exit_code,
      1);
  const auto told = nlohmann::json::parse(project_.Read("gtest.json"), nullptr, false);
  ASSERT_FALSE(told.is_discarded());
  EXPECT_EQ(told.at("failures").get<int>(), 1);
  const auto& failed = told.at("testsuites").at(0).at("testsuite").at(0);
  EXPECT_EQ(failed.at("failures").at(0).at("failure").get<std::string>(),
            "cases/things/documented.yaml:13\nFailed\n"
            "status is 200, the contract promises 204 (sync.204)");
}

TEST_F(GtestFlags, ThatGoogleTestDoesNotKnowAreRefused) {
  const ProgramResult result = project_.Conform({"run", "--gtest_filtre=x"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.errors.find("'--gtest_filtre'"), std::string::npos) << result.errors;
}

struct Ending {
  const char* name;
  std::vector<std::string> arguments;
  std::vector<std::string> variables;
  const char* says;
};

/// GoogleTest would end the program with 1 or by a signal, without a report.
class EndingGtestSetting : public GtestFlags, public testing::WithParamInterface<Ending> {};

TEST_P(EndingGtestSetting, IsRefusedBeforeAnythingIsSent) {
  project_.Write("unknown.txt", "--gtest_filter=*\nnonsense\n");
  project_.Write("nested.txt", "--gtest_flagfile=absent.txt\n");
  std::vector<std::string> arguments = {"run", "--out", "fresh"};
  arguments.insert(arguments.end(), GetParam().arguments.begin(), GetParam().arguments.end());
  const ProgramResult result = project_.Conform(arguments, GetParam().variables);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.errors.find(GetParam().says), std::string::npos) << result.errors;
  EXPECT_FALSE(std::filesystem::exists(project_.folder() / "fresh"));
}

INSTANTIATE_TEST_SUITE_P(
    Gtest, EndingGtestSetting,
    testing::Values(
        Ending{
            "ShardStatusFile",
            {},
            {"GTEST_SHARD_STATUS_FILE=/proc/none", "GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=0"},
            "GTEST_SHARD_STATUS_FILE: /proc/none cannot be written"},
        Ending{"PrematureExitFile",
               {},
               {"TEST_PREMATURE_EXIT_FILE=/proc/none"},
               "TEST_PREMATURE_EXIT_FILE: /proc/none cannot be written"},
        Ending{"Output", {"--gtest_output=xml:/proc/none/a.xml"}, {}, "/proc/none/a.xml"},
        Ending{"OutputFolder", {"--gtest_output=json:/proc/none/"}, {}, "/proc/none/"},
        Ending{"OutputVariable", {}, {"GTEST_OUTPUT=xml:/proc/none.xml"}, "/proc/none.xml"},
        Ending{"FlagFile", {"--gtest_flagfile=absent.txt"}, {}, "absent.txt cannot be read"},
        Ending{"FlagFileIsFolder", {}, {"GTEST_FLAGFILE=/proc"}, "/proc cannot be read"},
        Ending{"FlagFileInFlagFile", {"--gtest_flagfile=nested.txt"}, {}, "names another"},
        Ending{"UnknownInFlagFile", {"--gtest_flagfile=unknown.txt"}, {}, "not take: nonsense"},
        Ending{"Stream", {"--gtest_stream_result_to=127.0.0.1:1"}, {}, "are not taken"},
        Ending{"StreamVariable", {}, {"GTEST_STREAM_RESULT_TO=127.0.0.1:1"}, "are not taken"},
        Ending{"Throw", {"--gtest_throw_on_failure"}, {}, "--fail-fast"},
        Ending{"ThrowVariable", {}, {"GTEST_THROW_ON_FAILURE=1"}, "--fail-fast"},
        Ending{"RepeatVariable", {}, {"GTEST_REPEAT=0"}, "GTEST_REPEAT: say how many times"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(GtestFlags, LinesOfAFlagFileCount) {
  project_.Write("flags.txt", "--gtest_filter=*without_token\n\n");
  const ProgramResult result = project_.Conform({"run", "--gtest_flagfile=flags.txt"});
  EXPECT_EQ(Told(result), std::vector<std::string>{"things_sync/2024_08.without_token"});
  EXPECT_EQ(result.exit_code, 0);
}

TEST_F(GtestFlags, SameIdsAreRefused) {
  project_.Write("cases/other/documented.yaml", project_.Read("cases/things/documented.yaml"));
  const ProgramResult result = project_.Conform({"run"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.errors,
            "cases/things/documented.yaml:2:12: error: test 'things_sync/2024_08.documented' is "
            "also made by cases/other/documented.yaml\n"
            " 2 | operation: things.sync\n"
            "   |            ^^^^^^^^^^^\n"
            "      rename one of the files\n"
            "conform: 1 mistake; nothing was sent\n");
}

/// What GoogleTest itself selects is what MatchesFilter says.
TEST_F(GtestFlags, FilterIsReadAsGoogleTestReadsIt) {
  const std::vector<std::string> filters = {"*",
                                            "",
                                            "-*",
                                            "*-*",
                                            "things*",
                                            "*get",
                                            "*methods/?et",
                                            "*methods/??t",
                                            "*.documented",
                                            "*documented:*get",
                                            "*documented:*get-*get",
                                            "-*get:*put",
                                            "*methods*-*get:*put",
                                            "things_sync/2024_08.documented",
                                            "things_sync/2024_08.document",
                                            "documented",
                                            "*d*d*",
                                            "**",
                                            "?",
                                            "*:",
                                            ":",
                                            "*-",
                                            "*e*-*t",
                                            "*/*/*",
                                            "*without_token-",
                                            "-*documented-*get"};
  for (const std::string& filter : filters) {
    const ProgramResult result =
        project_.Conform({"run", "--gtest_list_tests", "--gtest_filter=" + filter});
    std::vector<std::string> listed;
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);) {
      if (line.rfind("  ", 0) == 0) listed.push_back(suite_ + "." + line.substr(2));
    }
    std::vector<std::string> matched;
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(matched),
                 [&](const std::string& name) { return MatchesFilter(filter, name); });
    EXPECT_EQ(listed, matched) << filter;
  }
}

TEST(ExitCode, Is2WhereNoShardIsNamed) {
  const SampleProject project;
  const struct {
    std::vector<std::string> variables;
    std::string told;
  } rows[] = {
      {{"GTEST_TOTAL_SHARDS=0", "GTEST_SHARD_INDEX=0"},
       "GTEST_TOTAL_SHARDS must be 1 or more, not 0"},
      {{"GTEST_TOTAL_SHARDS=x", "GTEST_SHARD_INDEX=0"},
       "GTEST_TOTAL_SHARDS must be a whole number, not 'x'"},
      {{"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX="},
       "GTEST_SHARD_INDEX must be a whole number, not ''"},
      {{"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=2"},
       "GTEST_SHARD_INDEX must be a number from 0 to 1, below GTEST_TOTAL_SHARDS"},
      {{"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=-1"},
       "GTEST_SHARD_INDEX must be a number from 0 to 1, below GTEST_TOTAL_SHARDS"},
      {{"GTEST_SHARD_INDEX=1"},
       "GTEST_SHARD_INDEX is set and GTEST_TOTAL_SHARDS is not: set both, or neither"},
      {{"GTEST_TOTAL_SHARDS=1"},
       "GTEST_TOTAL_SHARDS is set and GTEST_SHARD_INDEX is not: set both, or neither"},
  };
  for (const auto& row : rows) {
    const ProgramResult result = project.Conform({"run"}, row.variables);
    EXPECT_EQ(result.exit_code, 2) << row.told;
    EXPECT_EQ(LastLine(result.errors), "conform: " + row.told);
    EXPECT_EQ(result.output, "");
  }
}

}  // namespace
}  // namespace conform
