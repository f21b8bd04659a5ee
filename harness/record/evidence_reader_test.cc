#include "record/evidence_reader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "record/example_record.h"
#include "record/journal.h"
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
    auto journal = Journal::Create(path(), record_.header, {}, kNoSecrets);
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

}  // namespace
}  // namespace conform
