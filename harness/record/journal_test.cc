#include "record/journal.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/json_text.h"
#include "record/begun_journal.h"
#include "record/example_record.h"
#include "record/run_record_json.h"
#include "testing/no_secrets.h"

namespace conform {
namespace {

class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("journal_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path() const { return folder_ / "journal.jsonl"; }

  std::string ReadText() const {
    std::ostringstream text;
    text << std::ifstream(path(), std::ios::binary).rdbuf();
    return text.str();
  }

  void WriteText(std::string_view text) const { std::ofstream(path(), std::ios::binary) << text; }

  static TestRecord Planned(const char* name, std::size_t position) {
    TestRecord test = ExampleTest(name, Outcome::kNotRun);
    test.position = static_cast<int>(position);
    return test;
  }

  /// Three planned, none run.
  std::unique_ptr<Journal> Begun() const {
    const char* const names[] = {"documented_request", "second", "third"};
    auto journal =
        BeginJournal(path(), ExampleRecord().header,
                     {3, [&](std::size_t i) { return Planned(names[i], i); }}, kNoSecrets);
    EXPECT_TRUE(journal) << journal.error().message;
    return *std::move(journal);
  }

  static std::string Json(const TestRecord& test) {
    std::string json;
    AppendJson(test, json);
    return json;
  }

  static Expected<void> AppendTo(Journal& journal, const TestRecord& test) {
    journal.Append(journal.LineOf(test));
    return journal.Flush();
  }

  /// What a run that finished its first test leaves.
  std::string TextOfOneTest() {
    EXPECT_TRUE(AppendTo(*Begun(), ExampleFailure()));
    return ReadText();
  }

  std::string Describe(const Expected<RunRecord>& record) const {
    if (!record) return record.error().message;
    std::string text = record->complete ? "complete" : "incomplete";
    for (const TestRecord& test : record->tests) {
      text += ", " + test.name + " " + std::string(NameOf(test.verdict.outcome));
      if (!test.verdict.reason.empty()) text += " (" + test.verdict.reason + ")";
    }
    return text;
  }

  std::filesystem::path folder_;
};

TEST_F(JournalTest, OfAWholeRunIsTheRecord) {
  RunRecord record = ExampleRecord();
  record.tests[0].exchanges[0].attempts = {ExampleAttempt()};
  {
    const auto journal = *BeginJournal(
        path(), record.header,
        {2, [&](std::size_t i) { return Planned(record.tests[i].name.c_str(), i); }}, kNoSecrets);
    for (const TestRecord& test : record.tests) {
      ASSERT_TRUE(journal->Begin(test.Id()));
      ASSERT_TRUE(AppendTo(*journal, test));
    }
    ASSERT_TRUE(journal->Finish(record.duration));
  }
  const auto read = ReadJournal(path());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(WriteJsonText(ToJson(*read)), WriteJsonText(ToJson(record)));
}

TEST_F(JournalTest, HoldsWhatWasAppendedOnceAnotherTestBeginsAndWhatBeganAtOnce) {
  const auto journal =
      *BeginJournal(path(), ExampleRecord().header,
                    {1, [](std::size_t i) { return Planned("second", i); }}, kNoSecrets);
  std::string header = R"({"format":2,"planned":1,"header":)";
  AppendJson(ExampleRecord().header, header);
  header += "}\n{\"planned\":" + Json(Planned("second", 0)) + "}\n";
  EXPECT_EQ(ReadText(), header);
  ASSERT_TRUE(journal->Begin("suite.second"));
  const std::string begun = "{\"begun\":\"suite.second\"}\n";
  EXPECT_EQ(ReadText(), header + begun);
  const JournalPlace place = journal->Append(journal->LineOf(ExampleFailure()));
  ASSERT_TRUE(journal->Begin("suite.third"));
  EXPECT_TRUE(journal->Holds(place));
  const std::string test =
      begun + R"({"test":)" + Json(ExampleFailure()) + "}\n{\"begun\":\"suite.third\"}\n";
  EXPECT_EQ(ReadText(), header + test);
  EXPECT_EQ(ReadText().substr(place.offset, place.bytes), Json(ExampleFailure()));
  ASSERT_TRUE(journal->Finish(std::chrono::microseconds(5)));
  EXPECT_EQ(ReadText(), header + test + "{\"end\":{\"duration_us\":5}}\n");
}

TEST_F(JournalTest, TellsWhatBeganBeforeItsPlanBehindIt) {
  WriteText("an earlier run's\n");
  const auto journal = *Journal::Open(path(), kNoSecrets);
  ASSERT_TRUE(journal->BeginSoon("suite.first"));
  ASSERT_TRUE(journal->BeginSoon("suite.second"));
  EXPECT_EQ(ReadText(), "an earlier run's\n");
  ASSERT_TRUE(journal->WritePlan(ExampleRecord().header,
                                 {1, [](std::size_t i) { return Planned("second", i); }}));
  ASSERT_TRUE(journal->Flush());
  const std::string text = ReadText();
  EXPECT_TRUE(text.starts_with(R"({"format":2,"planned":1,)")) << text;
  EXPECT_TRUE(text.ends_with("{\"planned\":" + Json(Planned("second", 0)) +
                             "}\n{\"begun\":\"suite.first\"}\n{\"begun\":\"suite.second\"}\n"))
      << text;
}

TEST_F(JournalTest, WhosePlanCannotBeWrittenHoldsNothingElse) {
  const auto journal = *Journal::Open("/dev/full", kNoSecrets);
  EXPECT_TRUE(journal->BeginSoon("suite.first"));
  EXPECT_FALSE(journal->WritePlan(ExampleRecord().header, {}));
  EXPECT_TRUE(journal->BeginSoon("suite.second"));
  EXPECT_TRUE(journal->Flush());  // nothing waits
}

TEST_F(JournalTest, TellsAtItsEndInWhichFilesASecretStands) {
  RunHeader header = ExampleRecord().header;
  header.secret_files = {"a.yaml"};
  const auto journal = *BeginJournal(path(), header, {0, nullptr}, kNoSecrets);
  ASSERT_TRUE(journal->Finish(std::chrono::microseconds(5), {"a.yaml", "cases/\"b\".yaml"}));
  const auto read = ReadJournal(path());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->complete);
  EXPECT_EQ(read->header.secret_files, (std::vector<std::string>{"a.yaml", "cases/\"b\".yaml"}));
}

TEST_F(JournalTest, WritesWhatWaitsThoughNobodyAsks) {
  constexpr std::chrono::seconds kFarLonger{30};
  const auto journal = Begun();
  const std::string before = ReadText();
  ASSERT_TRUE(journal->BeginSoon("suite.second"));
  const JournalPlace place = journal->Append(journal->LineOf(ExampleFailure()));
  const auto until = std::chrono::steady_clock::now() + kFarLonger;
  while (!journal->Holds(place) && std::chrono::steady_clock::now() < until) {
    std::this_thread::yield();
  }
  EXPECT_EQ(ReadText(),
            before + "{\"begun\":\"suite.second\"}\n{\"test\":" + Json(ExampleFailure()) + "}\n");
}

TEST_F(JournalTest, OfAKilledRunTellsWhatFinishedAndWhatDidNot) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto journal = Begun();
    const bool begun = journal->Begin(ExampleFailure().Id()) &&
                       journal->Begin(Planned("second", 1).Id()) &&
                       AppendTo(*journal, ExampleFailure());
    if (begun) ::raise(SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto record = ReadJournal(path());
  EXPECT_EQ(Describe(record),
            "incomplete, documented_request fail, second not_run (it was under way when the run "
            "ended), third not_run (the run ended before it)");
  EXPECT_EQ(record->duration, std::chrono::microseconds(1'234));
}

TEST_F(JournalTest, CutAnywhereInItsLastLineKeepsTheLinesBefore) {
  const std::string text = TextOfOneTest();
  const std::size_t before = text.rfind('\n', text.size() - 2) + 1;
  for (std::size_t size = before; size + 1 < text.size(); size += 13) {
    WriteText(text.substr(0, size));
    ASSERT_EQ(Describe(ReadJournal(path())),
              "incomplete, documented_request not_run (the run ended before it), second not_run "
              "(the run ended before it), third not_run (the run ended before it)")
        << "cut after " << size;
  }
  WriteText(text.substr(0, text.size() - 1));  // the line is whole but for its end
  EXPECT_EQ(Describe(ReadJournal(path())),
            "incomplete, documented_request fail, second not_run (the run ended before it), third "
            "not_run (the run ended before it)");
}

TEST_F(JournalTest, CutInItsHeaderOrPlanTellsNothing) {
  const std::string text = TextOfOneTest();
  const std::size_t last_planned = text.rfind("{\"planned\"");
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, text.find('\n') - 1, text.find('\n') + 1, last_planned}) {
    WriteText(text.substr(0, size));
    EXPECT_EQ(
        Describe(ReadJournal(path())),
        path().string() + ": no whole header and plan: the run ended before its plan was written");
  }
}

TEST_F(JournalTest, KeepsTheWorstOfRepeats) {
  const auto journal = Begun();
  for (const Outcome outcome : {Outcome::kPass, Outcome::kWarn, Outcome::kPass}) {
    TestRecord test = Planned("second", 1);
    test.verdict.outcome = outcome;
    ASSERT_TRUE(AppendTo(*journal, test));
  }
  EXPECT_EQ(Describe(ReadJournal(path())),
            "incomplete, second warn, documented_request not_run (the run ended before it), third "
            "not_run (the run ended before it)");
}

TEST_F(JournalTest, ThatIsSpoiltIsRefusedWithItsLine) {
  const std::string text = TextOfOneTest();
  const std::string header = text.substr(0, text.find('\n') + 1);
  const std::string end = "{\"end\":{\"duration_us\":5}}\n";
  const std::pair<std::string, std::string> rows[] = {
      {"[]\n", ":1: no line of a journal"},
      {"{}\n", ":1: no run record"},
      {"{\"format\":9}\n", ":1: /format: is 9, this conform reads 1 to 2"},
      {"{\"format\":2}\n", ":1: no header of a journal"},
      {"{\"format\":2,\"planned\":0,\"header\":[]}\n", ":1: /header: must be an object"},
      {"{\"format\":2,\"planned\":-1,\"header\":[]}\n",
       ":1: /planned: must be a whole number, zero or more"},
      {"{\"format\":2,\"planned\":0,\"header\":{\"mock\":1}}\n",
       ":1: /header: \"tool\" is missing"},
      {header + "{\"test\":{}}\n", ":2: /test: \"suite\" is missing"},
      {header + "{\"test\":{\"suite\":1}}\n", ":2: /test/suite: must be a text"},
      {header + "{\"planned\":{}}\n", ":2: /planned: \"suite\" is missing"},
      {header + "{\"begun\":1}\n", ":2: /begun: must be a text"},
      {header + "{\"tests\":{}}\n",
       ":2: neither a test, planned, begun or finished, nor a list of what was judged, nor the end "
       "mark"},
      {header + "{\"judged_list\":[]}\n", ":2: /judged_list: must be an object"},
      {header + "{\"judged_list\":{\"bcd\":[1]}}\n", ":2: /judged_list/0: must be an object"},
      {header + "{\"judged_list\":{\"bcd\":[]}}\n{\"judged_list\":{\"bcd\":[]}}\n",
       ":3: /judged_list: \"bcd\" came before"},
      {header + "{\"test\":{}, \n" + end, ":2: no JSON at byte 13"},
      {header + end + end, ":3: a line after the end mark"},
      {header + "{\"end\":{}}\n",
       ":2: /end: must hold \"duration_us\", and besides \"secret_files\" alone"},
      {header + "{\"end\":{\"duration_us\":5,\"secret_files\":[1]}}\n",
       ":2: /end/secret_files: must be a text"},
      {header + "{\"end\":{\"duration_us\":-1}}\n",
       ":2: /end/duration_us: must be a whole number, zero or more"},
  };
  for (const auto& [spoilt, error] : rows) {
    WriteText(spoilt);
    EXPECT_EQ(Describe(ReadJournal(path())), path().string() + error);
  }
}

TEST_F(JournalTest, ThatIsNotThereIsTold) {
  EXPECT_EQ(Describe(ReadJournal(path())),
            "cannot read " + path().string() +
                ": No such file or directory; give the journal of a run, or its folder");
}

TEST_F(JournalTest, ReplacesTheLastRunsJournal) {
  TextOfOneTest();
  Begun();
  EXPECT_EQ(Describe(ReadJournal(path())),
            "incomplete, documented_request not_run (the run ended before it), second not_run (the "
            "run ended before it), third not_run (the run ended before it)");
}

TEST_F(JournalTest, OfARunThatIsOnIsNotReplaced) {
  const auto first = Begun();
  const std::string text = ReadText();
  const auto second = BeginJournal(path(), ExampleRecord().header, {}, kNoSecrets);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message,
            "cannot write " + path().string() +
                ": another run writes to it now; wait for its end, or give another folder with "
                "--out");
  EXPECT_EQ(ReadText(), text);
}

TEST_F(JournalTest, IsNotWrittenThroughALink) {
  const std::filesystem::path other = folder_ / "other.txt";
  std::ofstream(other) << "kept";
  std::filesystem::create_symlink(other, path());
  const auto journal = BeginJournal(path(), ExampleRecord().header, {}, kNoSecrets);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().message,
            "cannot write " + path().string() +
                ": it is a link; remove it, or give another folder with --out");
  EXPECT_EQ(std::filesystem::file_size(other), 4U);
}

TEST_F(JournalTest, CannotBeMadeWithoutItsFolder) {
  const auto journal =
      BeginJournal(folder_ / "absent" / "journal.jsonl", ExampleRecord().header, {}, kNoSecrets);
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().message, "cannot write " +
                                         (folder_ / "absent" / "journal.jsonl").string() +
                                         ": there is no folder " + (folder_ / "absent").string() +
                                         "; create it, or write to another folder");
}

/// While it lives, no file may have more than `bytes`.
class FullDisk {
 public:
  explicit FullDisk(std::size_t bytes) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit full = before_;
    full.rlim_cur = bytes;
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  decltype(SIG_IGN) handler_ = ::signal(SIGXFSZ, SIG_IGN);
};

TEST_F(JournalTest, EndsWithAWholeLineWhereTheDiskIsFull) {
  const auto journal = Begun();
  const std::string before = ReadText();
  const std::string trouble =
      "cannot write " + path().string() +
      ": it would be larger than files may be here; raise that limit, or write to another "
      "folder";
  {
    const FullDisk disk(before.size() + 20);
    const auto written = AppendTo(*journal, ExampleFailure());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message, trouble);
    EXPECT_EQ(ReadText(), before);
    const auto begun = journal->BeginSoon("suite.second");
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().message, trouble);
  }
  EXPECT_TRUE(journal->BeginSoon("suite.third"));  // what was not written then is now
  EXPECT_EQ(ReadText(), before + R"({"test":)" + Json(ExampleFailure()) +
                            "}\n{\"begun\":\"suite.second\"}\n{\"begun\":\"suite.third\"}\n");
}

}  // namespace
}  // namespace conform
