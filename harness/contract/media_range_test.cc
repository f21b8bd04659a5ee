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

TEST(FindContent, TakesTheOneThatSaysMost) {
  const std::vector<MediaContent> content = {
      {"*/*"}, {"application/*"}, {"application/json"}, {"application/vnd.list+json"}};
  const auto found = [&](std::string_view given) { return FindContent(content, given); };
  EXPECT_EQ(found("application/json; charset=utf-8"), &content[2]);
  EXPECT_EQ(found("application/vnd.list+json"), &content[3]);
  EXPECT_EQ(found("application/problem+json"), &content[1]);
  EXPECT_EQ(found("text/plain"), &content[0]);
  EXPECT_EQ(found(""), nullptr);
  EXPECT_EQ(FindContent({}, "text/plain"), nullptr);
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
