// What the built program records of a run besides its verdicts.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "run/sample_project.h"

namespace conform {
namespace {

using nlohmann::json;

json RecordIn(const SampleProject& project, const std::string& folder = "reports") {
  return json::parse(project.Read(folder + "/run.json"), nullptr, /*allow_exceptions=*/false);
}

TEST(RunRecord, TellsTheWholePopulation) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run", "--gtest_filter=*documented"}).exit_code, 0);
  const json by_filter = RecordIn(project)["header"];
  EXPECT_EQ(by_filter["population"], 2);
  EXPECT_EQ(by_filter["selected"], 1);
  EXPECT_EQ(by_filter["left_out"], json::parse(R"([{"what":"things_sync/2024_08.without_token",)"
                                               R"("by":"--gtest_filter=*documented"}])"));
  ASSERT_EQ(project.Conform({"run", "cases/things/documented.yaml"}).exit_code, 0);
  EXPECT_EQ(RecordIn(project)["header"]["left_out"],
            json::parse(R"([{"what":"cases/things/without_token.yaml","by":"PATH"}])"));
}

TEST(RunRecord, TellsOfALongFilterItsBeginning) {
  const SampleProject project;
  project.Conform({"run", "--gtest_filter=*documented:" + std::string(100'000, 'x')});
  const std::string by = RecordIn(project)["header"]["left_out"][0]["by"];
  EXPECT_EQ(by.substr(0, 31), "--gtest_filter=*documented:xxxx");
  EXPECT_TRUE(by.ends_with("x…"));
  EXPECT_LT(by.size(), 600U);
}

TEST(RunRecord, OfARunThatGoesOnIsReportedElsewhere) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  std::string journal = project.Read("reports/journal.jsonl");
  journal.resize(journal.rfind("{\"end\":"));
  project.Write("reports/journal.jsonl", journal);
  project.Write("reports/run.json", "of the run before");
  const int run =
      ::open((project.folder() / "reports/journal.jsonl").c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(run, LOCK_EX | LOCK_NB), 0);  // as a run does
  const ProgramResult beside = project.Conform({"report", "reports"});
  EXPECT_EQ(beside.exit_code, 3);
  EXPECT_EQ(beside.errors,
            "conform: reports/journal.jsonl: the run is still going on, and writes its reports "
            "there as it ends: wait for that, or give another folder with --out\n");
  EXPECT_EQ(project.Read("reports/run.json"), "of the run before");
  const ProgramResult elsewhere = project.Conform({"report", "reports", "--out", "now"});
  EXPECT_EQ(elsewhere.exit_code, 0);
  EXPECT_NE(elsewhere.output.find(": 2 tests; the run is still going on\n"), std::string::npos)
      << elsewhere.output;
  ::close(run);
  EXPECT_NE(project.Conform({"report", "reports"}).output.find("was cut off and did not finish"),
            std::string::npos);
}

TEST(RunRecord, TellsTheEditionsByWhichNothingWasJudged) {
  const SampleProject project;
  std::string older = kSampleContract;
  for (std::size_t at = 0; (at = older.find("2024-08", at)) != std::string::npos;) {
    older.replace(at, 7, "2019-01");
  }
  project.Write("specs/things/sync/2019-01.yaml", older);
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  EXPECT_FALSE(RecordIn(project)["header"].contains("left_out"));
  const ProgramResult result = project.Conform({"run", "--as-of", "2024-08"});
  EXPECT_EQ(RecordIn(project)["header"]["left_out"],
            json::parse(R"([{"what":"things.sync@2019-01",)"
                        R"("by":"edition not in force: --as-of 2019-01-01 judges by it"}])"));
  EXPECT_NE(result.output.find("  unasked  things.sync@2019-01, edition not in force"),
            std::string::npos)
      << result.output;
}

TEST(RunRecord, NamesEveryFileByItsDigest) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const json files = RecordIn(project)["header"]["files"];
  int specs = 0;
  for (const json& file : files) {
    specs += file["kind"] == "spec" ? 1 : 0;
    if (file["kind"] == "profile") continue;
    EXPECT_EQ(file["sha256"], Sha256Hex(project.Read(file["path"].get<std::string>()))) << file;
  }
  EXPECT_EQ(specs, 5);  // one contract and four protocol sets
  EXPECT_EQ(files.size(), 8U);
}

TEST(RunRecord, HoldsTheDigestOfTheOneBefore) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  EXPECT_FALSE(RecordIn(project)["header"].contains("previous_sha256"));
  const std::string first = project.Read("reports/run.json");
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  EXPECT_EQ(RecordIn(project)["header"]["previous_sha256"], Sha256Hex(first));
}

TEST(RunRecord, HoldsWhatCrossedTheWireWithoutTheToken) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run", "--gtest_filter=*documented"}).exit_code, 0);
  const json attempt = RecordIn(project)["tests"][0]["exchanges"][0]["attempts"][0];
  EXPECT_EQ(attempt["request"]["start_line"], "POST /beta/things/sync HTTP/1.1");
  std::string authorization;
  for (const json& field : attempt["request"]["fields"]) {
    if (field["name"] == "Authorization") authorization = field["value"].get<std::string>();
  }
  EXPECT_EQ(authorization.rfind("Bearer [token, ", 0), 0U) << authorization;
  EXPECT_EQ(attempt["response"][0]["start_line"], "HTTP/1.1 204 No Content");
  EXPECT_GT(attempt["times"]["last_byte_us"], 0);
}

TEST(Report, OfAFailedRunIsWrittenAndTheHelpSaysThatThisIsNoFailure) {
  const SampleProject project;
  const SampleMock mock(project, {"success_200"});
  ASSERT_EQ(project.Conform({"run", "--base-url", mock.address()}).exit_code, 1);
  EXPECT_EQ(project.Conform({"report", "reports"}).exit_code, 0);
  EXPECT_NE(
      project.Conform({"report", "--help"}).output.find("Exit: 0 written, whatever the run found;"),
      std::string::npos);
}

TEST(RunRecord, TellsTheSelfCheckOfTheSameBuildAndFiles) {
  const SampleProject project;
  const std::vector<std::string> state = {"XDG_STATE_HOME=" + project.folder().string()};
  project.Conform({"run"}, state);
  EXPECT_FALSE(RecordIn(project)["header"].contains("self_check"));
  project.Conform({"self-check"}, state);
  project.Conform({"run"}, state);
  const json check = RecordIn(project)["header"]["self_check"];
  ASSERT_EQ(check.size(), 1U);
  EXPECT_GT(check[0]["planted"], 50);
  project.Write("cases/things/documented.yaml",
                project.Read("cases/things/documented.yaml") + "# edited\n");
  project.Conform({"run"}, state);
  EXPECT_FALSE(RecordIn(project)["header"].contains("self_check"));
}

TEST(Report, TakesAJournalWhoseLinesGotBlanksAtTheirEnd) {
  const SampleProject project;
  ASSERT_EQ(project.Conform({"run"}).exit_code, 0);
  const std::string whole = project.Read("reports/run.json");
  for (const std::string blanks : {"\r", " \t "}) {
    std::string journal = project.Read("reports/journal.jsonl");
    for (std::size_t at = 0; (at = journal.find('\n', at)) != std::string::npos;) {
      journal.insert(at, blanks);
      at += blanks.size() + 1;
    }
    project.Write("copied/journal.jsonl", journal);
    EXPECT_EQ(project.Conform({"report", "copied"}).exit_code, 0);
    EXPECT_TRUE(project.Read("copied/run.json") == whole);
  }
}

TEST(Report, OfShardsComesIntoAFolderOfItsOwnWhereNoOtherRunIsTakenForIt) {
  const SampleProject project;
  for (const std::string shard : {"0", "1"}) {
    ASSERT_NE(project
                  .Conform({"run", "--out", "s" + shard},
                           {"GTEST_TOTAL_SHARDS=2", "GTEST_SHARD_INDEX=" + shard})
                  .exit_code,
              2);
  }
  const ProgramResult over =
      project.Conform({"report", "--merge", "s0", "s1/run.json", "--out", "s1"});
  EXPECT_EQ(over.exit_code, 2);
  EXPECT_EQ(over.errors,
            "conform: --out s1: the shard s1/run.json lies there; give a folder of its own\n");
  ASSERT_EQ(project.Conform({"run", "--gtest_filter=*documented"}).exit_code, 0);
  ASSERT_EQ(project.Conform({"report", "--merge", "s0", "s1", "--out", "reports"}).exit_code, 0);
  const std::string merged = project.Read("reports/run.json");
  EXPECT_FALSE(std::filesystem::exists(project.folder() / "reports/journal.jsonl"));
  EXPECT_NE(project.Conform({"report", "reports"}).output.find(": 2 tests"), std::string::npos);
  EXPECT_TRUE(project.Read("reports/run.json") == merged);
}

}  // namespace
}  // namespace conform
