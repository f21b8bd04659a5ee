#include "page/text_merge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

constexpr MergePreference kOurs = MergePreference::kOurs;

TEST(MergeText, TakesWhatOneSideChanged) {
  struct {
    const char* name;
    const char* base;
    const char* ours;
    const char* theirs;
    const char* merged;
  } const rows[] = {
      {"nobody", "a\nb\n", "a\nb\n", "a\nb\n", "a\nb\n"},
      {"ours", "a\nb\n", "a\nB\n", "a\nb\n", "a\nB\n"},
      {"theirs", "a\nb\n", "a\nb\n", "A\nb\n", "A\nb\n"},
      {"both alike", "a\nb\n", "a\nX\n", "a\nX\n", "a\nX\n"},
      {"far apart", "a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"},
      {"side by side", "a\nb\n", "A\nb\n", "a\nB\n", "A\nB\n"},
      {"added and removed", "a\nb\nc\n", "a\nb\nc\nd\n", "b\nc\n", "b\nc\nd\n"},
      {"from nothing", "", "a\n", "", "a\n"},
      {"line ends", "a\nb\n", "a\r\nB\r\n", "A\nb\n", "A\nB\n"},
  };
  for (const auto& row : rows) {
    const MergedText merged = MergeText(row.base, row.ours, row.theirs, kOurs);
    EXPECT_EQ(merged.text, row.merged) << row.name;
    EXPECT_TRUE(merged.conflicts.empty()) << row.name;
  }
}

TEST(MergeText, NamesWhatBothChanged) {
  const MergedText merged = MergeText("a\nb\nc\n", "a\nours\nc\n", "a\ntheirs\nc\n", kOurs);
  ASSERT_EQ(merged.conflicts.size(), 1u);
  EXPECT_EQ(merged.conflicts[0].first_line, 2);
  EXPECT_EQ(merged.conflicts[0].ours, "ours\n");
  EXPECT_EQ(merged.conflicts[0].theirs, "theirs\n");
  EXPECT_EQ(merged.text, "a\nours\nc\n");
  EXPECT_EQ(MergeText("a\nb\nc\n", "a\nours\nc\n", "a\ntheirs\nc\n", MergePreference::kTheirs).text,
            "a\ntheirs\nc\n");
}

}  // namespace
}  // namespace conform
