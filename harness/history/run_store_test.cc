#include "history/run_store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "history/history_chain.h"
#include "history/kept_run_json.h"
#include "history/run_difference_text.h"
#include "history/sample_kept_run.h"
#include "history/trend_page.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

class RunStoreTest : public testing::Test {
 protected:
  RunStoreTest()
      : path_(fs::path(testing::TempDir()) / ("run_store." + std::to_string(::getpid()))),
        file_(Open()),
        store_(*file_) {}
  ~RunStoreTest() override {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_.string() + end);
  }

  std::unique_ptr<HistoryFile> Open() const {
    fs::remove(path_);
    auto file = HistoryFile::Open(path_);
    EXPECT_TRUE(file) << file.error().message;
    return *std::move(file);
  }
  void AddDays(int days) {
    for (int day = 0; day < days; ++day) EXPECT_EQ(*store_.Add(SampleKeptRun(day)), day + 1);
  }
  std::string Check() {
    const auto check = CheckChain(*file_);
    if (!check) return check.error().message;
    std::string told = std::to_string(check->runs) + " runs\n";
    for (const std::string& each : check->broken) told += "broken: " + each + "\n";
    for (const std::string& each : check->gaps) told += "gap: " + each + "\n";
    return told;
  }

  fs::path path_;
  std::unique_ptr<HistoryFile> file_;
  RunStore store_;
};

TEST_F(RunStoreTest, GivesBackWhatWasAdded) {
  KeptRun run = SampleKeptRun(3);
  run.strict = true;
  run.shard_index = 1;
  run.shard_count = 4;
  run.left_out = {"things_sync/2024_08.other"};
  run.exit_code = 1;
  BreakStatus(run.tests[0]);
  run.tests[1].reason = "no token";
  run.tests[1].throttled = true;
  ASSERT_TRUE(store_.Add(run));
  const auto read = store_.Load(1);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->Series(), "global at https://graph.example, strict, shard 1 of 4");
  EXPECT_EQ(read->number, 1);
  EXPECT_EQ(read->started, run.started);
  EXPECT_EQ(read->duration, run.duration);
  EXPECT_EQ(read->sha256, "record 3");
  EXPECT_EQ(read->previous_sha256, "record 2");
  EXPECT_EQ(read->exit_code, 1);
  EXPECT_EQ(read->left_out, run.left_out);
  EXPECT_EQ(read->connection, run.connection);
  ASSERT_EQ(read->tests.size(), 3u);
  const KeptTest& test = read->tests[0];
  EXPECT_EQ(test.id, run.tests[0].id);
  EXPECT_EQ(test.case_id, "things/documented");
  EXPECT_EQ(test.outcome, Outcome::kFail);
  EXPECT_EQ(test.findings, run.tests[0].findings);
  EXPECT_EQ(test.behaviour, run.tests[0].behaviour);
  EXPECT_EQ(test.durations, run.tests[0].durations);
  EXPECT_EQ(test.definition, run.tests[0].definition);
  EXPECT_EQ(read->tests[1].reason, "no token");
  EXPECT_TRUE(read->tests[1].throttled && read->tests[1].sent && read->tests[1].answered);
}

TEST_F(RunStoreTest, ListsTheNewestOldestFirstWithCounts) {
  AddDays(3);
  KeptRun failed = SampleKeptRun(3);
  BreakStatus(failed.tests[0]);
  ASSERT_TRUE(store_.Add(failed));
  const auto lines = store_.List(2);
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 2u);
  EXPECT_EQ((*lines)[0].run.number, 3);
  EXPECT_EQ((*lines)[1].counts,
            (std::map<Outcome, std::size_t>{{Outcome::kFail, 1}, {Outcome::kPass, 2}}));
}

TEST_F(RunStoreTest, FindsRunsByHowFarTheyLieBack) {
  AddDays(2);
  KeptRun other = SampleKeptRun(2);
  other.profile = "china";
  ASSERT_TRUE(store_.Add(other));
  EXPECT_EQ(*store_.FindNewest(0), 3);
  EXPECT_EQ(*store_.FindNewest(2), 1);
  EXPECT_EQ(*store_.FindNewest(3), std::nullopt);
  EXPECT_EQ(*store_.FindNewest(0, SampleKeptRun().Series()), 2);
  EXPECT_EQ(store_.Load(9).error().message, path_.string() + " has no run 9");
}

TEST_F(RunStoreTest, KeepsWhatDoesNotChangeOnce) {
  AddDays(30);
  EXPECT_EQ(file_->database().execAndGet("SELECT count(*) FROM fact").getInt(), 3);
  EXPECT_EQ(file_->database().execAndGet("SELECT count(*) FROM result").getInt(), 90);
}

TEST_F(RunStoreTest, ListsACaseByItsIdOrATestsName) {
  AddDays(2);
  EXPECT_EQ(store_.ListCase("things/documented")->size(), 2u);
  const auto results = store_.ListCase("things_sync/2024_08.documented");
  ASSERT_EQ(results->size(), 2u);
  EXPECT_EQ((*results)[1].run, 2);
  EXPECT_EQ((*results)[1].started, SampleKeptRun(1).started);
  EXPECT_EQ((*results)[1].kept.durations.size(), 2u);
  EXPECT_EQ(store_.ListCase("other")->size(), 0u);
}

TEST_F(RunStoreTest, PrunesTheOldestAndWhatOnlyTheyNeeded) {
  KeptRun odd = SampleKeptRun(0);
  odd.tests.push_back(SampleKeptTest("gone_since"));
  ASSERT_TRUE(store_.Add(odd));
  for (int day = 1; day < 5; ++day) ASSERT_TRUE(store_.Add(SampleKeptRun(day)));
  EXPECT_EQ(*store_.Prune(SampleKeptRun(2).started, SampleKeptRun(200).started), 2u);
  EXPECT_EQ(store_.List(10)->front().run.number, 3);
  EXPECT_EQ(file_->database().execAndGet("SELECT count(*) FROM test").getInt(), 3);
  EXPECT_EQ(Check(),
            "3 runs\ngap: run 3 followed a record record 1… that is not in this history\n");
  const auto all = store_.Prune(SampleKeptRun(100).started, SampleKeptRun(200).started);
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_EQ(*all, 3u);
  EXPECT_EQ(Check(), "0 runs\n");
  EXPECT_EQ(*store_.Add(SampleKeptRun(101)), 6);
  EXPECT_EQ(*store_.Prune(SampleMorning(), SampleKeptRun(200).started), 0u);
}

TEST_F(RunStoreTest, ARunDatedAfterNowHoldsNoOlderOneBack) {
  for (const int day : {500, 0, 1, 2}) ASSERT_TRUE(store_.Add(SampleKeptRun(day)));
  EXPECT_EQ(*store_.Prune(SampleKeptRun(2).started, SampleKeptRun(3).started), 3u);
  EXPECT_EQ(store_.List(10)->front().run.number, 4);
  // Where all are, this machine's clock is the wrong one.
  EXPECT_EQ(*store_.Prune(SampleKeptRun(-9).started, SampleKeptRun(-8).started), 0u);
}

TEST_F(RunStoreTest, AKnownHeadShowsWhatTheChainAloneDoesNot) {
  AddDays(3);
  const ChainHead head = **FindHead(*file_);
  EXPECT_EQ(head.run, 3);
  EXPECT_EQ(ParseHead(RenderHead(head))->sha256, head.sha256);
  ASSERT_TRUE(store_.Add(SampleKeptRun(3)));
  EXPECT_TRUE(CheckChain(*file_, head)->broken.empty());
  // Who changes a run and computes the chain anew leaves one that holds.
  file_->database().exec("UPDATE result SET outcome = 'fail' WHERE run = 2 AND position = 0");
  std::string before = "x";
  for (int run = 2; run <= 4; ++run) {
    SQLite::Database& database = file_->database();
    if (run > 2) {
      database.exec(
          fmt::format("UPDATE run SET before_sha256 = '{}' WHERE number = {}", before, run));
    }
    before = DigestEntry(database, run);
    database.exec(fmt::format("UPDATE run SET entry_sha256 = '{}' WHERE number = {}", before, run));
  }
  EXPECT_EQ(Check(), "4 runs\n");
  const auto known = CheckChain(*file_, head);
  ASSERT_EQ(known->broken.size(), 1u);
  EXPECT_EQ(known->broken[0],
            "run 3 is another than the one whose digest was kept: it, or a run before it, was "
            "changed and the chain computed anew");
}

TEST_F(RunStoreTest, AKnownHeadThatIsGoneIsToldUnlessItWasPruned) {
  AddDays(3);
  const ChainHead second{2, std::string(64, 'a')};
  EXPECT_EQ(*store_.Prune(SampleKeptRun(2).started, SampleKeptRun(200).started), 2u);
  EXPECT_EQ(CheckChain(*file_, second)->untold,
            "run 2 was pruned, so its digest cannot be compared; take a later run's");
  EXPECT_TRUE(CheckChain(*file_, second)->broken.empty());
  const auto later = CheckChain(*file_, ChainHead{9, second.sha256});
  EXPECT_EQ(later->broken, std::vector<std::string>{"run 9, whose digest was kept, is gone"});
}

TEST_F(RunStoreTest, ACheckTellsOfPagesThatNoDigestReaches) {
  AddDays(2);
  SQLite::Database& database = file_->database();
  database.exec("INSERT INTO watched VALUES ('a', 'b', 'c', 'd')");
  const auto root =
      database.execAndGet("SELECT rootpage FROM sqlite_master WHERE name = 'watched'").getInt64();
  const auto page_size = database.execAndGet("PRAGMA page_size").getInt64();
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  ASSERT_EQ(Check(), "2 runs\n");
  {
    std::fstream bytes(path_, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp((root - 1) * page_size);
    bytes << std::string(static_cast<std::size_t>(page_size), 'x');
  }
  const auto check = CheckChain(**HistoryFile::Open(path_));
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().message.find(path_.string() + ": database disk image is malformed: "), 0U)
      << check.error().message;
  EXPECT_NE(check.error().message.find(": it is damaged: put a copy of it back"),
            std::string::npos);
}

TEST(ParseHeadTest, WantsANumberAndADigest) {
  const std::string digest(64, 'c');
  EXPECT_TRUE(ParseHead("12:" + digest));
  for (const std::string& text : {digest, "0:" + digest, "-1:" + digest, "1:" + digest + "c",
                                  "1:" + std::string(64, 'C'), "1 :" + digest, std::string()}) {
    EXPECT_FALSE(ParseHead(text)) << text;
  }
}

struct Tampering {
  const char* name;
  const char* statement;
  const char* told;
};

class ChainTest : public RunStoreTest, public testing::WithParamInterface<Tampering> {};

TEST_P(ChainTest, ShowsWhatWasDoneBehindItsBack) {
  AddDays(4);
  ASSERT_EQ(Check(), "4 runs\n");
  file_->database().exec(GetParam().statement);
  EXPECT_EQ(Check(), GetParam().told);
}

constexpr const char* kSecondChanged = "4 runs\nbroken: run 2 was changed after it was kept\n";

const Tampering kTamperings[] = {
    {"Outcome", "UPDATE result SET outcome = 'fail' WHERE run = 2 AND position = 0",
     kSecondChanged},
    {"Header", "UPDATE run SET header = replace(header, 'global', 'glubal') WHERE number = 2",
     kSecondChanged},
    {"Time", "UPDATE run SET started_us = 1 WHERE number = 2", kSecondChanged},
    {"AResultLess", "DELETE FROM result WHERE run = 2 AND position = 2", kSecondChanged},
    {"WhatRunsHaveInCommon", "UPDATE fact SET text = replace(text, '204', '200')",
     "4 runs\nbroken: run 1 was changed after it was kept\n"
     "broken: run 2 was changed after it was kept\n"
     "broken: run 3 was changed after it was kept\n"
     "broken: run 4 was changed after it was kept\n"},
    {"ARunBetween", "DELETE FROM run WHERE number = 2",
     "3 runs\nbroken: run 2 was taken out\nbroken: run 3 was changed after it was kept\n"
     "gap: run 3 followed a record record 1… that is not in this history\n"},
    {"TheNewestRun", "DELETE FROM run WHERE number = 4", "3 runs\nbroken: run 4 was taken out\n"},
    {"TheOldestRun", "DELETE FROM run WHERE number = 1",
     "3 runs\nbroken: run 1 was taken out\n"
     "gap: run 2 followed a record record 0… that is not in this history\n"},
};

INSTANTIATE_TEST_SUITE_P(HistoryChain, ChainTest, testing::ValuesIn(kTamperings),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ReadKeptHeader, TakesWhatWasKeptBeforeEditionsWere) {
  KeptRun run = SampleKeptRun();
  run.editions = "2019-01";
  std::string header = WriteKeptHeader(run);
  EXPECT_EQ(ReadKeptHeader(header)->Series(),
            "global at https://graph.example, editions of 2019-01");
  const std::string member = R"("editions":"2019-01",)";
  header.erase(header.find(member), member.size());
  EXPECT_EQ(ReadKeptHeader(header)->Series(), "global at https://graph.example");
}

TEST(KeptRun, OfLoopbackKeepsTheKeyOfHistoriesThatWereKept) {
  KeptRun run;
  run.profile = "mock";
  run.mock = true;
  run.target = "http://127.0.0.1:8080";
  EXPECT_EQ(run.Series(), "mock at a mock");
  EXPECT_EQ(run.ShownSeries(), "mock at loopback");
  run.mock = false;  // a service of one's own, started alone
  EXPECT_EQ(run.ShownSeries(), "mock at loopback");
  run.profile = "own";
  EXPECT_EQ(run.ShownSeries(), "own at http://127.0.0.1:8080");
}

TEST_F(RunStoreTest, NamesTheSeriesOfLoopbackAsEverythingElseDoes) {
  KeptRun run = SampleKeptRun();
  run.profile = "mock";
  run.target = "http://127.0.0.1:8080";
  ASSERT_TRUE(store_.Add(run));
  const auto results = store_.ListCase("things/documented");
  ASSERT_TRUE(results);
  EXPECT_EQ(results->front().series, "mock at loopback");
  const auto trends = LoadTrends(store_);
  ASSERT_TRUE(trends);
  EXPECT_EQ(trends->front().series, "mock at loopback");
  const RunDifference none;
  const ComparedRuns runs{run, run, "@-1", "@", none};
  EXPECT_NE(RenderRunDifference(runs, "json").find(R"("series": "mock at loopback")"),
            std::string::npos);
}

}  // namespace
}  // namespace conform
