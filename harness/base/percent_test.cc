#include "base/percent.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(EncodePercent, LeavesLettersDigitsAndWhatIsPlain) {
  EXPECT_EQ(EncodePercent("aZ09-._~", kUnreservedMarks), "aZ09-._~");
  EXPECT_EQ(EncodePercent("a b/\xC3\xA9~", "-._"), "a%20b%2F%C3%A9%7E");
  EXPECT_EQ(EncodePercent("", ""), "");
}

TEST(DecodePercent, LeavesWhatIsNoEncoding) {
  EXPECT_EQ(DecodePercent("%41%6a%C3%a9"), "Aj\xC3\xA9");
  EXPECT_EQ(DecodePercent("100%"), "100%");
  EXPECT_EQ(DecodePercent("%4"), "%4");
  EXPECT_EQ(DecodePercent("%zz+"), "%zz+");
}

}  // namespace
}  // namespace conform
