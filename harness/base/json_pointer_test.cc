#include "base/json_pointer.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(EscapePointerName, EscapesTildeAndSlash) {
  EXPECT_EQ(EscapePointerName("a/b~1"), "a~1b~01");
  EXPECT_EQ(EscapePointerName("plain é"), "plain é");
}

}  // namespace
}  // namespace conform
