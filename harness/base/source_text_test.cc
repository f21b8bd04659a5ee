#include "base/source_text.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test, gone behind it.
class LoadSource : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "source_text_XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path Write(std::string_view bytes) {
    std::ofstream(folder_ / "x.yaml", std::ios::binary) << bytes;
    return folder_ / "x.yaml";
  }
  static std::string Reason(const fs::path& path, std::size_t max_bytes = kMaxSourceBytes) {
    const auto source = SourceText::Load(path, max_bytes);
    return source ? "loaded" : source.error().message;
  }

  fs::path folder_;
};

TEST_F(LoadSource, KeepsTheTextAsItIs) {
  const auto source = SourceText::Load(Write("title: a\r\n漢: é\n"));
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->text(), "title: a\r\n漢: é\n");
}

TEST_F(LoadSource, OfNoBytesIsEmpty) {
  const auto source = SourceText::Load(Write(""));
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->text(), "");
}

TEST_F(LoadSource, DropsTheByteOrderMark) {
  const auto source = SourceText::Load(Write("\xEF\xBB\xBFtitle: a\n"));
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->text(), "title: a\n");
}

TEST_F(LoadSource, TellsWhyItCannot) {
  EXPECT_EQ(Reason(folder_ / "absent.yaml"), "no such file");
  EXPECT_EQ(Reason(Write("") / "below_a_file.yaml"), "no such file");
  EXPECT_EQ(Reason(folder_), "is a directory");
}

TEST_F(LoadSource, DoesNotWaitForAPipe) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(Reason(folder_ / "pipe"), "is not a regular file");
  EXPECT_EQ(Reason("/dev/zero"), "is not a regular file");
}

TEST_F(LoadSource, RefusesAFileThatMayNotBeRead) {
  const fs::path path = Write("title: a");
  fs::permissions(path, fs::perms::none);
  // Root may read every file, so it stops being root for a moment.
  const bool is_root = ::geteuid() == 0;
  ASSERT_EQ(is_root ? ::seteuid(65534) : 0, 0);
  const std::string reason = Reason(path);
  ASSERT_EQ(is_root ? ::seteuid(0) : 0, 0);
  EXPECT_EQ(reason, "cannot be read: permission denied");
}

TEST_F(LoadSource, BoundsTheSize) {
  fs::resize_file(Write(""), std::uintmax_t{50} * 1024 * 1024);
  EXPECT_EQ(Reason(folder_ / "x.yaml"), "is 52428800 bytes; files over 4 MiB are not read");
  EXPECT_EQ(Reason(Write("12345"), 5), "loaded");
  EXPECT_EQ(Reason(Write("123456"), 5), "is 6 bytes; files over 5 bytes are not read");
}

TEST_F(LoadSource, BoundsWhatTheKernelTellsNoSizeOf) {
  EXPECT_EQ(Reason("/proc/self/maps", 10), "is over 10 bytes; such files are not read");
  EXPECT_EQ(Reason("/proc/self/maps"), "loaded");
}

TEST_F(LoadSource, PointsAtTheFirstByteThatIsNoUtf8) {
  EXPECT_EQ(Reason(Write("title: abcdefghi\xFF")),
            "is not UTF-8 text: byte 17 on line 1; save it as UTF-8");
  EXPECT_EQ(Reason(Write("é\n\xC3")), "is not UTF-8 text: byte 1 on line 2; save it as UTF-8");
  EXPECT_EQ(Reason(Write("\xFF\xFEt\0i\0")),
            "is not UTF-8 text: byte 1 on line 1; save it as UTF-8");
}

TEST_F(LoadSource, ReadsAgainWhatWasReleased) {
  const fs::path path = Write(
      "\xEF\xBB\xBF"
      "a: 1\nb: é2\n");
  const auto source = SourceText::Load(path);
  ASSERT_TRUE(source);
  const std::string digest = (*source)->Digest();
  EXPECT_EQ(digest, Sha256Hex("a: 1\nb: é2\n"));
  for (int round = 0; round < 2; ++round) {
    (*source)->Release();
    EXPECT_EQ((*source)->Digest(), digest);
    EXPECT_EQ((*source)->Line(2), "b: é2");
    EXPECT_EQ((*source)->Column(2, 5), 5);
    EXPECT_EQ((*source)->text(), "a: 1\nb: é2\n");
    EXPECT_EQ((*source)->Digest(), digest);
  }
}

TEST_F(LoadSource, OfBytesKeepsThemAsTheyStand) {
  const std::string bytes("\xEF\xBB\xBF\x89PNG\r\n\0\xFF", 11);
  const auto source = SourceText::Load(Write(bytes), kMaxSourceBytes, SourceText::Content::kBytes);
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ((*source)->text(), bytes);
  (*source)->Release();
  EXPECT_EQ((*source)->text(), bytes);
  EXPECT_EQ((*source)->Digest(), Sha256Hex(bytes));
}

TEST_F(LoadSource, QuotesNothingOfAFileThatWasChangedSince) {
  for (const bool counted : {false, true}) {
    const fs::path path = Write("a: 1\nb: é2\n");
    const auto source = SourceText::Load(path);
    ASSERT_TRUE(source);
    if (counted) {
      EXPECT_EQ((*source)->Line(1), "a: 1");
    }
    (*source)->Release();
    Write("a: 1\nb: é3\n");
    EXPECT_EQ((*source)->text(), "");
    for (const int line : {1, 2, 3}) EXPECT_EQ((*source)->Line(line), "") << line;
    EXPECT_EQ((*source)->Column(2, 5), 1);
    EXPECT_EQ((*source)->Digest(), Sha256Hex("a: 1\nb: é2\n"));
  }
}

TEST_F(LoadSource, ShowsThePathFromTheWorkingDirectoryWhereThatIsShorter) {
  const fs::path path = Write("a: 1");
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  const auto below = SourceText::Load(fs::current_path() / "x.yaml");
  const auto relative = SourceText::Load("./x.yaml");
  fs::current_path(before);
  ASSERT_TRUE(below && relative);
  EXPECT_EQ((*below)->path(), "x.yaml");
  EXPECT_EQ((*relative)->path(), "./x.yaml");
}

TEST(SourceText, GivesLinesWithoutTheirEnds) {
  const SourceText source("x.yaml", "one\r\ntwo\n\nfour");
  EXPECT_EQ(source.Line(1), "one");
  EXPECT_EQ(source.Line(2), "two");
  EXPECT_EQ(source.Line(3), "");
  EXPECT_EQ(source.Line(4), "four");
  EXPECT_EQ(source.Line(5), "");
  EXPECT_EQ(source.Line(0), "");
  EXPECT_EQ(source.Line(-1), "");
}

TEST(SourceText, CountsColumnsInCharacters) {
  const SourceText ascii("x.yaml", "abc\ndef\n");
  EXPECT_EQ(ascii.Column(2, 0), 1);
  EXPECT_EQ(ascii.Column(2, 2), 3);
  const SourceText mixed("x.yaml", "漢字: é\nab: c\n");
  EXPECT_EQ(mixed.Column(1, 0), 1);
  EXPECT_EQ(mixed.Column(1, 3), 2);
  EXPECT_EQ(mixed.Column(1, 8), 5);
  EXPECT_EQ(mixed.Column(2, 4), 5);
}

TEST(SourceText, CountsColumnsFarIntoALine) {
  std::string text = "first\n";
  for (int i = 0; i < 1000; ++i) text += "é ";
  const SourceText source("x.yaml", text);
  for (std::size_t pair = 0; pair < 1000; ++pair) {
    EXPECT_EQ(source.Column(2, pair * 3), static_cast<int>(pair * 2 + 1));
  }
  EXPECT_EQ(source.Column(2, 3000), 2001);
}

TEST(SourceText, GivesItsLinesToSeveralThreadsAtOnce) {
  const SourceText source("x", "a\nb\nc");
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { right += source.Line(3) == "c" ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 8);
}

TEST(SourceText, KeepsColumnsWithinTheText) {
  const SourceText source("x.yaml", "é");
  EXPECT_EQ(source.Column(1, 999), 2);
  EXPECT_EQ(source.Column(9, 4), 1);
  EXPECT_EQ(SourceText("x.yaml", "").Column(1, 5), 1);
}

}  // namespace
}  // namespace conform
