// The built program killed at many moments: what it leaves is whole, or not there.
#include <fmt/format.h>
#include <sched.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "run/sample_project.h"

namespace conform {
namespace {

constexpr int kMoments = 50;

class KilledRun : public testing::Test {
 protected:
  KilledRun() : mock_(project_, {"success_200"}) {
    std::string text =
        "title: Rows\noperation: things.sync\nclauses: [sync.method]\n"
        "identity: delegated_work\nrows:\n";
    for (int i = 0; i < 40; ++i) text += fmt::format("  r{:02}: {{number: {}}}\n", i, i);
    text += "request:\n  method: PUT\n  path: /beta/things/sync\n  headers:\n";
    text += std::string(kWithToken) + "    X-Number: ${row.number}\n  body: none\n";
    project_.Write("cases/things/methods.yaml", text + "response:\n  status: 4xx\n");
  }

  std::uintmax_t JournalSize() const {
    std::error_code absent;
    const auto size =
        std::filesystem::file_size(project_.folder() / "reports/journal.jsonl", absent);
    return absent ? 0 : size;
  }

  /// Starts a run into a folder whose journal is gone, and kills it once its journal has `bytes`.
  void KillAt(std::uintmax_t bytes) const {
    std::filesystem::remove(project_.folder() / "reports/journal.jsonl");
    StartedProgram run(project_.Call({"run", "--jobs", "2", "--base-url", mock_.address()}));
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (JournalSize() < bytes && std::chrono::steady_clock::now() < give_up) ::sched_yield();
    run.Signal(SIGKILL);
    run.Wait();
  }

  /// Of the run before, or of this one: never half of one.
  void ExpectWholeReports() const {
    const auto record =
        nlohmann::json::parse(project_.Read("reports/run.json"), nullptr, /*exceptions=*/false);
    ASSERT_TRUE(record.is_object());
    EXPECT_EQ(record["tests"].size(), 42U);
    const std::string junit = project_.Read("reports/junit.xml");
    EXPECT_NE(junit.find("tests=\"42\""), std::string::npos);
    EXPECT_TRUE(junit.ends_with("</testsuites>\n"));
  }

  SampleProject project_;
  SampleMock mock_;
};

TEST_F(KilledRun, LeavesWholeReportsAndAJournalThatTellsWhatFinished) {
  ASSERT_EQ(project_.Conform({"run", "--base-url", mock_.address()}).exit_code, 1);
  const std::uintmax_t whole = JournalSize();
  int reported = 0;
  int under_way = 0;
  for (int moment = 0; moment < kMoments; ++moment) {
    SCOPED_TRACE(moment);
    KillAt(whole * static_cast<std::uintmax_t>(moment) / (kMoments - 1));
    ExpectWholeReports();
    const ProgramResult again =
        project_.Conform({"report", "reports/journal.jsonl", "--out", "again"});
    if (again.exit_code == 2) {
      EXPECT_TRUE(again.errors.ends_with("the run ended before its plan was written\n") ||
                  again.errors.find("No such file") != std::string::npos)
          << again.errors;
      continue;
    }
    ++reported;
    EXPECT_EQ(again.exit_code, 0) << again.errors;
    const std::string junit = project_.Read("again/junit.xml");
    EXPECT_NE(junit.find("tests=\"42\""), std::string::npos);
    under_way += junit.find("it was under way when the run ended") == std::string::npos ? 0 : 1;
  }
  // The first are killed before the plan is written; most of the others with a case in flight.
  EXPECT_GE(reported, kMoments / 2);
  EXPECT_GE(under_way, kMoments / 4);
}

TEST_F(KilledRun, ByGoogleTestAtAFailureTellsTheFailure) {
  const ProgramResult run = project_.Conform(
      {"run", "--jobs", "1", "--base-url", mock_.address(), "--gtest_break_on_failure"});
  EXPECT_EQ(run.exit_code, -1) << run.output;
  const std::string journal = project_.Read("reports/journal.jsonl");
  EXPECT_NE(journal.find("\"outcome\":\"fail\""), std::string::npos);
  EXPECT_NE(run.output.find("FAIL  "), std::string::npos) << run.output;
}

}  // namespace
}  // namespace conform
