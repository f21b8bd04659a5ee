#include "history/history_file.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "history/run_store.h"
#include "history/sample_kept_run.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

class HistoryFileTest : public testing::Test {
 protected:
  HistoryFileTest()
      : folder_(fs::path(testing::TempDir()) / ("history_file." + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
  }
  ~HistoryFileTest() override { fs::remove_all(folder_); }

  fs::path Path() const { return folder_ / "state" / "history.sqlite"; }
  std::string Refusal() const {
    const auto file = HistoryFile::Open(Path());
    return file ? "opened" : file.error().message;
  }

  fs::path folder_;
};

TEST_F(HistoryFileTest, IsMadeWithItsFoldersForItsOwnerAlone) {
  const auto file = HistoryFile::Open(Path());
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ((*file)->database().execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ((*file)->database().execAndGet("PRAGMA user_version").getInt(), CurrentSchema());
  EXPECT_EQ(fs::status(Path()).permissions() & fs::perms::all,
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(HistoryFileTest, OnANetworkDiskIsRefusedWithTheReason) {
  for (const auto& [kind, name] : {std::pair<std::int64_t, const char*>{0x6969, "NFS"},
                                   {0xFF534D42, "CIFS"},
                                   {0xFE534D42, "SMB2"},
                                   {0x65735546, "FUSE"}}) {
    const auto file = HistoryFile::Open(
        Path(), [number = kind](const fs::path&) -> Expected<std::int64_t> { return number; });
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().message,
              Path().string() + ": lies on a " + name +
                  " disk, whose locks do not keep two runs apart: name a file on a local disk "
                  "with --history, or leave it out with --no-history");
  }
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(HistoryFileTest, AsksForTheDiskOfTheNearestFolderThatIsThere) {
  fs::path asked;
  const auto file = HistoryFile::Open(Path(), [&](const fs::path& path) -> Expected<std::int64_t> {
    asked = path;
    return 0xEF53;
  });
  ASSERT_TRUE(file);
  EXPECT_EQ(asked, folder_.parent_path());
}

TEST_F(HistoryFileTest, OfEveryOlderSchemaIsBroughtUpWithWhatItHolds) {
  for (int version = 1; version < CurrentSchema(); ++version) {
    fs::remove_all(folder_);
    fs::create_directories(Path().parent_path());
    {
      SQLite::Database old(Path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      old.exec(SchemaScript(version));
      old.exec(
          "INSERT INTO run (series, started_us, header, sha256, previous_sha256, before_sha256, "
          "entry_sha256) VALUES ('s', 5, '{}', 'kept', '', '', '')");
    }
    const auto file = HistoryFile::Open(Path());
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ((*file)->database().execAndGet("SELECT sha256 FROM run").getString(), "kept");
    EXPECT_EQ((*file)->database().execAndGet("SELECT count(*) FROM outbox").getInt(), 0);
    EXPECT_EQ((*file)->database().execAndGet("PRAGMA user_version").getInt(), CurrentSchema());
  }
}

TEST_F(HistoryFileTest, OfANewerSchemaIsRefusedAndNotTouched) {
  ASSERT_TRUE(HistoryFile::Open(Path()));
  SQLite::Database(Path().string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_EQ(Refusal(), Path().string() +
                           ": was written by a newer conform (schema 99, this one reads up to 3): "
                           "use that one, or name another file with --history");
  EXPECT_EQ(SQLite::Database(Path().string()).execAndGet("PRAGMA user_version").getInt(), 99);
}

TEST_F(HistoryFileTest, OfAnotherProgramIsRefused) {
  fs::create_directories(Path().parent_path());
  SQLite::Database(Path().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE bookmark (url TEXT)");
  EXPECT_EQ(Refusal(), Path().string() + ": is a database of another program, no history");
  std::ofstream(Path(), std::ios::binary) << "not a database at all, only some text of length";
  EXPECT_EQ(Refusal(), Path().string() +
                           ": file is not a database: name a history with --history, or a file "
                           "that is not there yet");
  fs::remove(Path());
  fs::create_directory(Path());
  EXPECT_EQ(Refusal(), Path().string() +
                           ": unable to open database file: make sure that it is a file, which "
                           "you may read, and may write beside");
}

struct ThrownRow {
  const char* name;
  int code;
  const char* told;
  bool may_pass;
};

class DescribeHistoryErrorTest : public testing::TestWithParam<ThrownRow> {};

TEST_P(DescribeHistoryErrorTest, SaysWhatToDoAndWhetherItMayPass) {
  const SQLite::Exception thrown("it failed", GetParam().code);
  const Error error = DescribeHistoryError("h.sqlite", thrown);
  EXPECT_EQ(error.message, std::string("h.sqlite: it failed") + GetParam().told);
  EXPECT_EQ(error.may_pass, GetParam().may_pass);
}

const ThrownRow kThrownRows[] = {
    {"Busy", 5, ": another process has kept it for 15 s: wait for its end, then call again", true},
    {"Full", 13, ": free some space there, or name another file with --history", true},
    {"Write", 10 | (3 << 8),
     ": the disk failed or is full, or files may not be so large here: mend that, or name another "
     "file with --history",
     true},
    {"ReadOnly", 8,
     ": it may only be read here: copy it to where it may be written, or name another file with "
     "--history",
     false},
    {"Damaged", 11,
     ": it is damaged: put a copy of it back, or name another file with --history and begin anew",
     false},
    {"NoDatabase", 26, ": name a history with --history, or a file that is not there yet", false},
    {"Range", 25, "", false},
};

INSTANTIATE_TEST_SUITE_P(HistoryFile, DescribeHistoryErrorTest, testing::ValuesIn(kThrownRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(HistoryFileTest, OpensWhileAnotherWrites) {
  ASSERT_TRUE(HistoryFile::Open(Path()));
  SQLite::Database other(Path().string(), SQLite::OPEN_READWRITE);
  const SQLite::Transaction writes(other, SQLite::TransactionBehavior::IMMEDIATE);
  EXPECT_EQ(Refusal(), "opened");
}

/// What `ask` answers in a child whose rights, as access(2) asks for them, are nobody's.
std::string AskAsNobody(const std::function<std::string()>& ask) {
  std::string told(400, '\0');
  int ends[2];
  if (::pipe(ends) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() == 0 && ::setreuid(kNobody, static_cast<uid_t>(-1)) != 0) ::_exit(1);
    const std::string text = ask();
    ::_exit(::write(ends[1], text.data(), text.size()) > 0 ? 0 : 1);
  }
  ::close(ends[1]);
  const ssize_t count = ::read(ends[0], told.data(), told.size());
  ::close(ends[0]);
  int status = -1;
  ::waitpid(child, &status, 0);
  told.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return told;
}

std::string CountRuns(const Expected<std::unique_ptr<HistoryFile>>& file) {
  const auto runs = file ? RunStore(**file).List(10)
                         : Expected<std::vector<RunLine>>(tl::unexpected(file.error()));
  if (runs) return std::to_string(runs->size()) + " runs";
  return runs.error().message + (runs.error().may_pass ? " (may pass)" : "");
}

/// What who may write neither the file nor beside it hears of the runs there.
std::string ReadAsNobody(const fs::path& path) {
  return AskAsNobody([&] {
    if (::setuid(::getuid()) != 0) return std::string("not nobody");
    return CountRuns(HistoryFile::OpenToRead(path));
  });
}

TEST_F(HistoryFileTest, ThatMayOnlyBeReadIsRefusedAndNotTouched) {
  { ASSERT_TRUE(HistoryFile::Open(Path())); }
  const fs::path folder = Path().parent_path();
  for (const auto& [file_mode, folder_mode] : {std::pair(0444, 0777), {0666, 0555}}) {
    fs::permissions(Path(), fs::perms(file_mode));
    fs::permissions(folder, fs::perms(folder_mode));
    EXPECT_EQ(AskAsNobody([&] {
                if (::setuid(::getuid()) != 0) return std::string("not nobody");
                return CountRuns(HistoryFile::Open(Path()));
              }),
              Path().string() +
                  ": it may not be written, or nothing beside it: it may only be read here: copy "
                  "it to where it may be written, or name another file with --history");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
  }
  fs::permissions(Path(), fs::perms(0600));
  fs::permissions(folder, fs::perms(0700));
  EXPECT_TRUE(RunStore(**HistoryFile::Open(Path())).Add(SampleKeptRun(0)));
}

TEST_F(HistoryFileTest, ThatIsWrittenWhileItIsReadMayPass) {
  {
    const auto file = HistoryFile::Open(Path());
    ASSERT_TRUE(file && RunStore(**file).Add(SampleKeptRun(0)));
  }
  const fs::path folder = Path().parent_path();
  fs::permissions(folder, fs::perms(0555));
  EXPECT_EQ(AskAsNobody([&] {
              const auto file = HistoryFile::OpenToRead(Path());
              const std::string garbage(fs::file_size(Path()), 'x');
              std::ofstream(Path(), std::ios::binary) << garbage;
              return CountRuns(file);
            }),
            Path().string() +
                ": database disk image is malformed: it was written meanwhile: call again (may "
                "pass)");
  fs::permissions(folder, fs::perms(0700));
}

TEST_F(HistoryFileTest, IsReadWhereNothingMayBeWritten) {
  for (const auto& [schema, told] :
       {std::pair(CurrentSchema(), std::string("1 runs")),
        std::pair(1, Path().string() + ": is of an older conform (schema 1, this one reads 3)")}) {
    const fs::path folder = Path().parent_path();
    fs::create_directories(folder);
    {
      const auto file = HistoryFile::Open(Path());
      ASSERT_TRUE(file && RunStore(**file).Add(SampleKeptRun(0)));
      (*file)->database().exec("PRAGMA user_version = " + std::to_string(schema));
    }
    fs::permissions(Path(), fs::perms(0444));
    for (const auto mode : {0555, 0777}) {
      fs::permissions(folder, fs::perms(mode));
      EXPECT_EQ(ReadAsNobody(Path()).substr(0, told.size()), told);
      const std::string other_spelling = "/" + Path().string();
      EXPECT_NE(ReadAsNobody(other_spelling).find(told.substr(told.find(": ") + 1)),
                std::string::npos);
      EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
    }
    fs::permissions(folder, fs::perms(0755));
    fs::remove_all(folder);
  }
}

TEST_F(HistoryFileTest, IsSafeWithTwoRunsAtOnce) {
  // Two processes, as two runs are: neither loses a run, and the chain stays whole.
  constexpr int kRuns = 25;
  const pid_t child = ::fork();
  const auto file = HistoryFile::Open(Path());
  int added = 0;
  for (int i = 0; i < kRuns && file; ++i) {
    added += RunStore(**file).Add(SampleKeptRun(i)) ? 1 : 0;
  }
  if (child == 0) ::_exit(added == kRuns ? 0 : 1);
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(added, kRuns);
  EXPECT_EQ(RunStore(**file).List(1'000)->size(), 2u * kRuns);
}

}  // namespace
}  // namespace conform
