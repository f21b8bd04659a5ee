#include "contract/media_range.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct TypeRow {
  const char* promised;
  const char* given;
  bool is_one;
};

TEST(IsOneOf, LooksAtTheMediaTypeAlone) {
  const TypeRow rows[] = {
      {"application/json", "application/json", true},
      {"application/json", "Application/JSON ; charset=utf-8", true},
      {"application/json;odata=verbose", "application/json", true},
      {"application/json", "application/problem+json", false},
      {"application/json", "", false},
      {"text/*", "text/plain", true},
      {"text/*", "textual/plain", false},
      {"text/*", "text/", false},
      {"*/*", "image/png", true},
      {"*/*", "", false},
  };
  for (const TypeRow& row : rows) {
    EXPECT_EQ(IsOneOf({MediaContent{"image/gif"}, MediaContent{row.promised}}, row.given),
              row.is_one)
        << row.promised << ' ' << row.given;
  }
}

TEST(SampleTypeOf, IsOfTheRange) {
  for (const char* range : {"*/*", "application/*", "Text/*", "image/*", "video/*"}) {
    EXPECT_TRUE(IsRange(range));
    const std::string sample = SampleTypeOf(range);
    EXPECT_FALSE(IsRange(sample)) << sample;
    EXPECT_TRUE(IsOneOf({MediaContent{range}}, sample)) << range << ' ' << sample;
  }
  EXPECT_EQ(SampleTypeOf("application/json"), "application/json");
}

}  // namespace
}  // namespace conform
