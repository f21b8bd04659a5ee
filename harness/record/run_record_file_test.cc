#include "record/run_record_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "record/begun_journal.h"
#include "record/example_record.h"
#include "record/journal.h"
#include "record/run_record_json.h"
#include "testing/golden.h"
#include "testing/no_secrets.h"

namespace conform {
namespace {

class RunRecordFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("record_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(RunRecordFileTest, IsReadAsItWasWritten) {
  ASSERT_TRUE(WriteRunRecord(ExampleRecord(), {}, folder_ / "run.json", kNoSecrets));
  const auto read = LoadRunRecord(folder_);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToJson(read->record), ToJson(ExampleRecord()));
}

TEST_F(RunRecordFileTest, OfManyTestsIsReadAsItWasWritten) {
  RunRecord record = ExampleRecord();
  record.tests.assign(1'000, ExampleFailure());
  ASSERT_TRUE(WriteRunRecord(record, {}, folder_ / "run.json", kNoSecrets));
  const auto read = LoadRunRecord(folder_ / "run.json");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToJson(read->record), ToJson(record));
}

TEST_F(RunRecordFileTest, ThatIsAPipeIsNotWaitedFor) {
  for (const char* name : {"pipe.json", "pipe"}) {
    const std::filesystem::path pipe = folder_ / name;
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto read = LoadRunRecord(pipe);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().message, pipe.string() + " is not a regular file");
    std::filesystem::remove(pipe);
  }
}

TEST_F(RunRecordFileTest, OfTheFormatBeforeIsRead) {
  nlohmann::json record = ToJson(ExampleRecord());  // names no list by a key
  record["format"] = 1;
  std::ofstream(folder_ / "run.json") << record;
  const auto read = LoadRunRecord(folder_);
  ASSERT_TRUE(read) << read.error().message;
  record["format"] = kRecordFormat;
  EXPECT_EQ(ToJson(read->record), record);
}

TEST_F(RunRecordFileTest, TellsOnceWhatTestsJudgedAlike) {
  RunRecord record = ExampleRecord();
  record.tests.assign(3, ExampleFailure());
  record.tests[1].verdict.judged[0].kept = true;
  ASSERT_TRUE(WriteRunRecord(record, {}, folder_ / "run.json", kNoSecrets));
  nlohmann::json written = nlohmann::json::parse(std::ifstream(folder_ / "run.json"));
  EXPECT_EQ(written["judged_lists"].size(), 2U);
  const std::string key = written["tests"][0]["verdict"]["judged"];
  EXPECT_EQ(written["tests"][2]["verdict"]["judged"], key);
  EXPECT_NE(written["tests"][1]["verdict"]["judged"], key);
  written["judged_lists"].erase(key);
  std::ofstream(folder_ / "run.json") << written;
  const auto read = LoadRunRecord(folder_);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("/judged_lists: \"" + key + "\" is missing"),
            std::string::npos)
      << read.error().message;
}

TEST_F(RunRecordFileTest, MasksWhatWasLearntSinceATestWasMasked) {
  Redactor redactor("key");
  redactor.AddSecret("first secret", "token");
  RunRecord record = ExampleRecord();
  record.tests.assign(3, ExampleFailure());
  {
    const auto journal = BeginJournal(folder_ / "journal.jsonl", record.header, {}, redactor);
    ASSERT_TRUE(journal);
    const char* const reasons[] = {"an acorn", "not masked yet: first secret", "Bearer of acorns"};
    const std::optional<std::uint32_t> masked_of[] = {1, std::nullopt, 2};
    for (std::size_t i = 0; i < 3; ++i) {
      TestRecord& test = record.tests[i];
      test.verdict.judged.clear();
      test.verdict.reason = reasons[i];
      test.masked_of = masked_of[i];
      test.in_journal = (*journal)->Append((*journal)->LineOf(test));
    }
  }
  redactor.AddSecret("acorn", "token");
  ASSERT_TRUE(WriteRunRecord(record, folder_ / "journal.jsonl", folder_ / "run.json", redactor));
  const auto written = nlohmann::json::parse(std::ifstream(folder_ / "run.json"));
  const auto reason = [&](std::size_t i) { return written["tests"][i]["verdict"]["reason"]; };
  EXPECT_EQ(reason(0), redactor.Redact("an acorn"));
  EXPECT_EQ(reason(1), redactor.Redact("not masked yet: first secret"));
  EXPECT_EQ(reason(2), "Bearer of acorns");  // said to be masked by all that is known
}

TEST_F(RunRecordFileTest, OfAJournalTellsOnceWhatTestsJudgedAlike) {
  const std::filesystem::path path = folder_ / "journal.jsonl";
  JudgedLists lists;
  TestRecord tests[] = {ExampleFailure(), ExampleFailure()};
  {
    const auto journal = *BeginJournal(path, ExampleRecord().header, {}, kNoSecrets);
    tests[1].name = "third";
    tests[1].position = 1;
    for (TestRecord& test : tests) {
      lists.Share(test.verdict);
      const JudgedLists::Text* const judged = lists.TextOf(test.verdict.judged);
      journal->Append(journal->LineOf(test, judged), judged);
    }
  }
  const std::string text = ReadTestFile(path);
  const std::string key = lists.TextOf(tests[0].verdict.judged)->key;
  const std::size_t told = text.find("{\"judged_list\":{\"" + key + "\":[");
  ASSERT_NE(told, std::string::npos);
  EXPECT_EQ(text.find("{\"judged_list\"", told + 1), std::string::npos);
  EXPECT_LT(told, text.find("\"judged\":\"" + key + "\""));
  const auto read = ReadJournal(path);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->tests[1].verdict.judged, ExampleFailure().verdict.judged);
  // Without its list no test that names it can be read.
  const std::size_t end = text.find('\n', told) + 1;
  std::ofstream(path) << text.substr(0, told) + text.substr(end);
  const auto cut = ReadJournal(path);
  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().message.find("no line before tells the list \"" + key + "\""),
            std::string::npos);
}

TEST_F(RunRecordFileTest, IsReadInWhateverOrderItsMembersStand) {
  const nlohmann::json record = ToJson(ExampleRecord());
  std::ofstream(folder_ / "run.json") << nlohmann::ordered_json{
      {"tests", record["tests"]},
      {"format", record["format"]},
      {"complete", record["complete"]},
      {"header", record["header"]},
      {"duration_us", record["duration_us"]}}.dump(2);
  const auto read = LoadRunRecord(folder_);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToJson(read->record), record);
}

TEST_F(RunRecordFileTest, OfAFolderIsTheJournalsForThatIsTheLastRuns) {
  ASSERT_TRUE(WriteRunRecord(ExampleRecord(), {}, folder_ / "run.json", kNoSecrets));
  RunHeader later = ExampleRecord().header;
  later.profile = "later";
  ASSERT_TRUE(BeginJournal(folder_ / "journal.jsonl", later, {}, kNoSecrets));
  EXPECT_EQ(LoadRunRecord(folder_)->record.header.profile, "later");
  EXPECT_EQ(LoadRunRecord(folder_ / "run.json")->record.header.profile, "mock");
}

TEST_F(RunRecordFileTest, ThatIsNoneIsRefusedWithItsPath) {
  const auto file = folder_ / "run.json";
  const auto told = [&](const std::string& text) {
    std::ofstream(file) << text;
    return LoadRunRecord(file).error().message.substr(file.string().size());
  };
  EXPECT_EQ(told("{"), ": no JSON at byte 2");
  const std::string whole = ToJson(ExampleRecord()).dump();
  EXPECT_EQ(told(whole + '\0' + "more"), fmt::format(": no JSON at byte {}", whole.size() + 1));
  EXPECT_EQ(told("{}"), ": no run record");
  EXPECT_EQ(told("{\"format\":9}"), ": /format: is 9, this conform reads 1 to 2");
  nlohmann::json record = ToJson(ExampleRecord());
  record["tests"][1]["line"] = "1";
  EXPECT_EQ(told(record.dump()), ": /tests/1/line: must be a whole number, zero or more");
  std::filesystem::remove(file);
  EXPECT_EQ(LoadRunRecord(file).error().message,
            "cannot read " + file.string() + ": No such file or directory");
}

}  // namespace
}  // namespace conform
