#include "base/http_text.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(IsJsonType, KnowsItByItsEnd) {
  for (const char* type : {"application/json", "Application/JSON; charset=utf-8",
                           "application/problem+json", "text/json", "application/vnd.a+JSON;v=1"}) {
    EXPECT_TRUE(IsJsonType(type)) << type;
  }
  for (const char* type :
       {"", "text/plain", "application/jsonl", "application/x-ndjson", "+json", "text/json5"}) {
    EXPECT_FALSE(IsJsonType(type)) << type;
  }
}

TEST(WithoutParameters, LeavesTypeAndSubtypeAsSpelt) {
  for (const char* type : {"Text/HTML", " Text/HTML\t", "Text/HTML; charset=utf-8",
                           "Text/HTML ;a=b", "Text/HTML;", "Text/HTML;a=\"b;c\""}) {
    EXPECT_EQ(WithoutParameters(type), "Text/HTML") << type;
  }
  for (const char* type : {"", ";", " ; a=b"}) EXPECT_EQ(WithoutParameters(type), "") << type;
}

TEST(IsSafeMethod, KnowsThoseOfRfc9110) {
  for (const char* method : {"GET", "HEAD", "OPTIONS", "TRACE"}) {
    EXPECT_TRUE(IsSafeMethod(method)) << method;
  }
  for (const char* method : {"", "get", "PUT", "DELETE", "POST", "PATCH", "CONNECT", "GETS"}) {
    EXPECT_FALSE(IsSafeMethod(method)) << method;
  }
}

TEST(IsIdempotentMethod, KnowsThoseOfRfc9110) {
  for (const char* method : {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"}) {
    EXPECT_TRUE(IsIdempotentMethod(method)) << method;
  }
  for (const char* method : {"", "put", "POST", "PATCH", "CONNECT"}) {
    EXPECT_FALSE(IsIdempotentMethod(method)) << method;
  }
}

TEST(IsFieldValue, HoldsNoLineBreakAndNoNul) {
  for (const std::string_view value : {"", "a b", "a\tb", "\x01", "ü"}) {
    EXPECT_TRUE(IsFieldValue(value)) << value;
  }
  for (const std::string_view value :
       {std::string_view("a\rb"), std::string_view("a\n"), std::string_view("a\0", 2)}) {
    EXPECT_FALSE(IsFieldValue(value)) << value;
  }
}

TEST(SameFieldName, IsBlindForCase) {
  EXPECT_TRUE(SameFieldName("Content-Type", "content-TYPE"));
  EXPECT_FALSE(SameFieldName("Content-Type", "Content-Typ"));
  EXPECT_FALSE(SameFieldName("a", "b"));
}

TEST(DescribeHttpTrouble, HasWordsForTheUsualOnes) {
  EXPECT_EQ(DescribeHttpTrouble("Write"), "the request could not be sent");
  EXPECT_EQ(DescribeHttpTrouble("Unheard"), "Unheard");
}

}  // namespace
}  // namespace conform
