#include "record/atomic_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>

#include "record/write_error.h"
#include "testing/no_secrets.h"

namespace conform {
namespace {

class AtomicFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("atomic_" + std::to_string(::getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path() const { return folder_ / "junit.xml"; }

  std::string ReadText() const {
    std::ostringstream text;
    text << std::ifstream(path(), std::ios::binary).rdbuf();
    return text.str();
  }

  std::size_t CountFiles() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++count;
    return count;
  }

  std::filesystem::path folder_;
};

TEST_F(AtomicFileTest, IsThereWholeAfterCommit) {
  const mode_t mask = ::umask(022);
  ASSERT_TRUE(ReplaceFile(path(), "whole", kNoSecrets));
  ::umask(mask);
  EXPECT_EQ(ReadText(), "whole");
  EXPECT_EQ(CountFiles(), 1U);
  struct stat facts {};
  ASSERT_EQ(::stat(path().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0644U);
}

TEST_F(AtomicFileTest, KeepsTheLastOneUntilCommit) {
  ASSERT_TRUE(ReplaceFile(path(), "old", kNoSecrets));
  auto file = AtomicFile::Create(path(), kNoSecrets);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->Write("ne"));
  EXPECT_EQ(ReadText(), "old");
  ASSERT_TRUE(file->Write("w"));
  ASSERT_TRUE(file->Commit());
  EXPECT_EQ(ReadText(), "new");
  EXPECT_EQ(CountFiles(), 1U);
}

TEST_F(AtomicFileTest, LeavesNothingWithoutCommit) {
  {
    auto file = AtomicFile::Create(path(), kNoSecrets);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->Write("half"));
    EXPECT_EQ(CountFiles(), 1U);
  }
  EXPECT_EQ(CountFiles(), 0U);
}

TEST_F(AtomicFileTest, LeavesTheLastOneWhereTheDiskIsFull) {
  ASSERT_TRUE(ReplaceFile(path(), "old", kNoSecrets));
  rlimit unlimited{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  rlimit full = unlimited;
  full.rlim_cur = 10;
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  const auto written = ReplaceFile(path(), "longer than ten bytes", kNoSecrets);
  ::setrlimit(RLIMIT_FSIZE, &unlimited);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(written);
  EXPECT_EQ(ReadText(), "old");
  EXPECT_EQ(CountFiles(), 1U);
}

TEST_F(AtomicFileTest, NeedsItsFolder) {
  const auto written = ReplaceFile(folder_ / "absent" / "junit.xml", "text", kNoSecrets);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "cannot write " + (folder_ / "absent" / "junit.xml").string() +
                                         ": there is no folder " + (folder_ / "absent").string() +
                                         "; create it, or write to another folder");
}

TEST_F(AtomicFileTest, DoesNotReplaceAFolder) {
  std::filesystem::create_directories(path());
  const auto written = AtomicFile::Create(path(), kNoSecrets);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message,
            "cannot write " + path().string() +
                ": a folder stands there; remove it, or write to another folder");
}

TEST_F(AtomicFileTest, NeedsAFolderThatIsNoFile) {
  ASSERT_TRUE(ReplaceFile(path(), "old", kNoSecrets));
  const auto written = ReplaceFile(path() / "junit.xml", "text", kNoSecrets);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message,
            "cannot write " + (path() / "junit.xml").string() + ": " + path().string() +
                " is no folder; remove what stands there, or write to another folder");
}

TEST_F(AtomicFileTest, NeedsAFolderItMayWriteTo) {
  constexpr uid_t kNobody = 65534;
  const bool root = ::geteuid() == 0;  // whom no mode stops
  std::filesystem::permissions(folder_, std::filesystem::perms(0555));
  ASSERT_EQ(root ? ::seteuid(kNobody) : 0, 0);
  const auto written = ReplaceFile(path(), "text", kNoSecrets);
  ASSERT_EQ(root ? ::seteuid(0) : 0, 0);
  std::filesystem::permissions(folder_, std::filesystem::perms(0755));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message,
            "cannot write " + path().string() + ": writing to " + folder_.string() +
                " is not permitted; change its mode or owner, or write to another folder");
}

TEST(DescribeWriteError, SaysWhatToDo) {
  const std::pair<int, const char*> rows[] = {
      {ENOSPC,
       "cannot write reports/junit.xml: no space is left on the device of reports; free some, or "
       "write to another folder"},
      {EDQUOT,
       "cannot write reports/junit.xml: the disk quota at reports is used up; free some, or "
       "write to another folder"},
      {EROFS,
       "cannot write reports/junit.xml: reports is on a file system that is read-only; mount it "
       "for writing, or write to another folder"},
      {EIO,
       "cannot write reports/junit.xml: Input/output error; mend that, or write to another "
       "folder"},
  };
  for (const auto& [number, message] : rows) {
    EXPECT_EQ(DescribeWriteError("reports/junit.xml", number).message, message);
  }
  EXPECT_EQ(DescribeWriteError("junit.xml", ENOSPC).message,
            "cannot write junit.xml: no space is left on the device of .; free some, or "
            "write to another folder");
}

}  // namespace
}  // namespace conform
