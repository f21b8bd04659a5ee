#include "record/masked_journal.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 255;
const std::string kLate = "late-secret";

struct LateSecret {
  const char* name;
  std::string secret;
  bool has_room_beside;  ///< else no copy can be made.
};

void PrintTo(const LateSecret& each, std::ostream* out) { *out << each.name; }

std::string ReadWhole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class JournalToMask : public testing::Test {
 protected:
  JournalToMask()
      : folder_(fs::path(testing::TempDir()) / ("masked" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~JournalToMask() override { fs::remove_all(folder_); }
  /// A file beside it has a longer name than there may be one.
  fs::path Write(const std::string& text, bool has_room_beside) const {
    const fs::path path = folder_ / (has_room_beside ? "j" : std::string(kLongestName, 'j'));
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  /// Nothing where it cannot be read.
  std::optional<bool> LooksMasked(const fs::path& path) const {
    const auto told = IsMasked(path, redactor_);
    return told ? std::optional(*told) : std::nullopt;
  }

  fs::path folder_;
  Redactor redactor_{"key"};
};

class MaskedJournal : public JournalToMask, public testing::WithParamInterface<LateSecret> {};

/// Several stretches, in each of which it grows or shrinks, and a last line that was cut.
TEST_P(MaskedJournal, HoldsAllElse) {
  const LateSecret& late = GetParam();
  std::string text;
  for (int i = 0; i < 40'000; ++i) {
    text += "{\"test\":" + std::to_string(i) + ",\"at\":\"" + (i % 3 == 0 ? late.secret : "none") +
            "\",\"more\":\"" + std::string(40, 'm') + "\"}\n";
  }
  text += "{\"test\":\"" + late.secret + "\",\"cu";
  const fs::path path = Write(text, late.has_room_beside);
  redactor_.AddSecret(late.secret, "token");
  const auto masked = MaskJournal(path, redactor_);
  ASSERT_TRUE(masked) << masked.error().message;
  EXPECT_TRUE(ReadWhole(path) == redactor_.Redact(text));
  EXPECT_EQ(ReadWhole(path).find(late.secret), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Late, MaskedJournal,
                         testing::Values(LateSecret{"ShortReplaced", kLate, true},
                                         LateSecret{"ShortInPlace", kLate, false},
                                         LateSecret{"LongInPlace", std::string(800, 's'), false}),
                         [](const auto& param) { return param.param.name; });

TEST_F(JournalToMask, IsNotTouchedWhereNothingInItIsMasked) {
  const fs::path path = Write("{\"end\":{}}\n", true);
  struct stat before {};
  struct stat after {};
  ASSERT_EQ(::stat(path.c_str(), &before), 0);
  redactor_.AddSecret(kLate, "token");
  EXPECT_TRUE(MaskJournal(path, redactor_));
  ASSERT_EQ(::stat(path.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(JournalToMask, ThatCannotBeReadIsTold) {
  EXPECT_FALSE(MaskJournal(folder_ / "gone", redactor_));
  EXPECT_FALSE(IsMasked(folder_ / "gone", redactor_));
}

/// It is looked through by stretches: wherever in one the secret stands, in a long line or a short
/// one.
TEST_F(JournalToMask, IsMaskedWhereNoLineHoldsASecret) {
  constexpr std::size_t kStretch = std::size_t{128} * 1024;
  redactor_.AddSecret(kLate, "token");
  for (const std::size_t line : {std::size_t{64}, kStretch, 3 * kStretch}) {
    for (const std::size_t at : {std::size_t{0}, kStretch - kLate.size(), kStretch - 1, kStretch,
                                 2 * kStretch + 1, 4 * kStretch}) {
      std::string text(4 * kStretch + 100, '.');
      for (std::size_t end = line; end < text.size(); end += line) text[end] = '\n';
      const std::string clean = text;
      text.replace(at, kLate.size(), kLate);
      EXPECT_EQ(LooksMasked(Write(text, true)), false) << line << " " << at;
      EXPECT_EQ(LooksMasked(Write(clean, true)), true) << line;
    }
  }
  EXPECT_EQ(LooksMasked(Write("", true)), true);
}

}  // namespace
}  // namespace conform
