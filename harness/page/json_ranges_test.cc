// Values of JSON text, found by their place.
#include "page/json_ranges.h"

#include <gtest/gtest.h>

#include "page/openapi_file.h"

namespace conform {
namespace {

TEST(JsonRanges, RefusesWhatIsNestedTooDeep) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto ranges = JsonRanges::Of(deep);
  ASSERT_FALSE(ranges.has_value());
  EXPECT_EQ(ranges.error().message, "1:1: nested more than 200 deep");
}

TEST(JsonRanges, FindsValuesWhereTheyStand) {
  const std::string text =
      R"( {"a": [1, "]}\"", {"b": -2.5e3}], "c/d": {"~": null}, "e": "", "f": {}, "g": []} )";
  const Expected<JsonRanges> ranges = JsonRanges::Of(text);
  ASSERT_TRUE(ranges.has_value());
  const std::pair<const char*, const char*> rows[] = {
      {"", R"({"a": [1, "]}\"", {"b": -2.5e3}], "c/d": {"~": null}, "e": "", "f": {}, "g": []})"},
      {"/a", R"([1, "]}\"", {"b": -2.5e3}])"},
      {"/a/0", "1"},
      {"/a/1", R"("]}\"")"},
      {"/a/2/b", "-2.5e3"},
      {"/c~1d/~0", "null"},
      {"/e", R"("")"},
      {"/f", "{}"},
      {"/g", "[]"},
  };
  for (const auto& [pointer, value] : rows) {
    const auto range = ranges->Find(NamesOfPointer(pointer));
    ASSERT_TRUE(range.has_value()) << pointer;
    EXPECT_EQ(text.substr(range->begin, range->end - range->begin), value);
  }
  EXPECT_FALSE(ranges->Find({"a", "3"}).has_value());
  EXPECT_FALSE(ranges->Find({"e", "x"}).has_value());
  EXPECT_FALSE(ranges->Find({"f", "x"}).has_value());
}

}  // namespace
}  // namespace conform
