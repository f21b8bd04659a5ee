#include "record/evidence_reader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "record/begun_journal.h"
#include "record/example_record.h"
#include "record/journal.h"
#include "record/journal_file.h"
#include "record/run_record_file.h"
#include "record/run_record_json.h"
#include "testing/no_secrets.h"

namespace conform {
namespace {

class EvidenceTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("evidence_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    record_ = ExampleRecord();
    record_.tests[0].exchanges[0].attempts = {ExampleAttempt()};
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path() const { return folder_ / "journal.jsonl"; }

  /// Writes the record's tests to a journal and forgets their attempts.
  void Spill() {
    auto journal = BeginJournal(path(), record_.header, {}, kNoSecrets);
    ASSERT_TRUE(journal);
    for (TestRecord& test : record_.tests) {
      test.in_journal = (*journal)->Append((*journal)->LineOf(test));
      for (ExchangeRecord& exchange : test.exchanges) exchange.attempts.clear();
    }
  }

  std::filesystem::path folder_;
  RunRecord record_;
};

TEST_F(EvidenceTest, IsTheRecordsOwnWhereItHoldsIt) {
  const EvidenceReader evidence = EvidenceOf(record_);
  EXPECT_EQ(ToJson(*evidence(0)), ToJson(record_.tests[0]));
}

TEST_F(EvidenceTest, IsReadAgainFromTheJournal) {
  const RunRecord whole = record_;
  Spill();
  ASSERT_NE(ToJson(record_.tests[0]), ToJson(whole.tests[0]));
  const EvidenceReader evidence = EvidenceIn(path(), record_);
  EXPECT_EQ(ToJson(*evidence(0)), ToJson(whole.tests[0]));
  EXPECT_EQ(ToJson(*evidence(1)), ToJson(whole.tests[1]));
}

TEST_F(EvidenceTest, ThatTheJournalNoLongerHoldsIsAnError) {
  Spill();
  const std::string told = path().string() + " no longer holds what was recorded of " +
                           record_.tests[0].Id() + ": another run replaced it";
  std::filesystem::resize_file(path(), record_.tests[0].in_journal.offset + 5);
  EXPECT_EQ(EvidenceIn(path(), record_)(0).error().message, told);
  std::filesystem::remove(path());
  EXPECT_EQ(EvidenceIn(path(), record_)(0).error().message, told);
}

TEST_F(EvidenceTest, IsCopiedIntoTheRunRecordFromTheJournal) {
  const RunRecord whole = record_;
  Spill();
  ASSERT_TRUE(WriteRunRecord(record_, path(), folder_ / "run.json", kNoSecrets));
  const auto read = LoadRunRecord(folder_ / "run.json");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToJson(read->record), ToJson(whole));
}

TEST(EvidenceBound, DropsAttemptsPastTheBoundOfWhatStandsInTheJournal) {
  EvidenceBound bound;
  TestRecord large = ExampleFailure();
  large.exchanges[0].attempts = {ExampleAttempt()};
  large.in_journal = {1, std::uint64_t{40} << 20};
  TestRecord second = large;
  TestRecord elsewhere = large;
  elsewhere.in_journal = {};
  TestRecord passed = large;
  passed.verdict.outcome = Outcome::kPass;
  second.exchanges[0].again = passed.exchanges[0].again = "curl";
  for (TestRecord* test : {&large, &second, &elsewhere, &passed}) bound.Hold(*test);
  EXPECT_EQ(large.exchanges[0].attempts.size(), 1U);
  EXPECT_EQ(second.exchanges[0].attempts.size(), 0U);
  EXPECT_EQ(elsewhere.exchanges[0].attempts.size(), 1U);
  EXPECT_EQ(second.exchanges[0].again, "curl");
  EXPECT_EQ(passed.exchanges[0].again, "");
  EXPECT_EQ(passed.exchanges[0].request_id, large.exchanges[0].request_id);
}

TEST_F(EvidenceTest, IsReadWhereSeveralThreadsWroteIt) {
  constexpr std::size_t kTests = 200;
  const auto journal = *BeginJournal(path(), record_.header, {}, kNoSecrets);
  const std::string line = journal->LineOf(record_.tests[0]);
  std::vector<std::vector<JournalPlace>> places(4);
  std::vector<std::thread> threads;
  threads.reserve(places.size());
  for (auto& own : places) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < kTests; ++i) {
        ASSERT_TRUE(journal->Begin("suite.second"));
        own.push_back(journal->Append(line));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(journal->Flush());
  std::string json;
  AppendJson(record_.tests[0], json);
  JournalTexts texts(path());
  for (const auto& own : places) {
    ASSERT_EQ(own.size(), kTests);
    for (const JournalPlace& place : own) {
      record_.tests[0].in_journal = place;
      std::string text;
      ASSERT_TRUE(texts.AppendTo(text, record_.tests[0]));
      ASSERT_EQ(text, json);
    }
  }
}

TEST_F(EvidenceTest, OfAnyLengthIsReadInAnyOrder) {
  constexpr std::size_t kMuch = std::size_t{300} * 1024;
  const auto journal = *BeginJournal(path(), record_.header, {}, kNoSecrets);
  std::vector<TestRecord> tests(5, record_.tests[0]);
  std::vector<std::string> json(tests.size());
  for (std::size_t i = 0; i < tests.size(); ++i) {
    tests[i].verdict.reason = std::string(i % 2 == 0 ? kMuch : 1, static_cast<char>('a' + i));
    AppendJson(tests[i], json[i]);
    tests[i].in_journal = journal->Append(journal->LineOf(tests[i]));
  }
  ASSERT_TRUE(journal->Flush());
  JournalTexts texts(path());
  for (const std::size_t i : {0, 1, 2, 4, 3, 1, 0}) {
    std::string text = "before";
    ASSERT_TRUE(texts.AppendTo(text, tests[i])) << i;
    EXPECT_TRUE(text == "before" + json[i]) << i;
  }
  std::filesystem::resize_file(path(), tests[4].in_journal.offset + kMuch / 2);
  std::string text;
  EXPECT_FALSE(JournalTexts(path()).AppendTo(text, tests[4]));
}

}  // namespace
}  // namespace conform
