#include "base/http_text.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(IsJsonType, KnowsItByItsEnd) {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8",
                           "application/problem+json", "application/vnd.a+JSON;v=1"}) {
    EXPECT_TRUE(IsJsonType(type)) << type;
  }
  for (const char* type : {"", "text/plain", "application/jsonl", "+json", "text/json5"}) {
    EXPECT_FALSE(IsJsonType(type)) << type;
  }
}

TEST(DescribeHttpTrouble, HasWordsForTheUsualOnes) {
  EXPECT_EQ(DescribeHttpTrouble("Write"), "the request could not be sent");
  EXPECT_EQ(DescribeHttpTrouble("Unheard"), "Unheard");
}

}  // namespace
}  // namespace conform
