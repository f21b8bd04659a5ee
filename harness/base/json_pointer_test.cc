#include "base/json_pointer.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(EscapePointerName, EscapesTildeAndSlash) {
  EXPECT_EQ(EscapePointerName("a/b~1"), "a~1b~01");
  EXPECT_EQ(EscapePointerName("plain é"), "plain é");
}

TEST(IsJsonPointer, KnowsItsEscapes) {
  for (const char* pointer : {"", "/", "/a/0", "/a~0b~1c", "//", "/ü"}) {
    EXPECT_TRUE(IsJsonPointer(pointer)) << pointer;
  }
  for (const char* pointer : {"a", "a/b", "/a~", "/a~2", "/~~0"}) {
    EXPECT_FALSE(IsJsonPointer(pointer)) << pointer;
  }
}

}  // namespace
}  // namespace conform
