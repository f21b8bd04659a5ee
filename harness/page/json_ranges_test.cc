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

TEST(JsonRanges, RefusesANameThatAnObjectHasTwice) {
  const std::pair<const char*, const char*> rows[] = {
      {"{\"paths\": {\n  \"/a\": {\"get\": {}},\n  \"/b\": [{\"/a\": 1}],\n  \"\\/a\": {}}}",
       "4:3: duplicate key '/a', first at line 2"},
      {"[{\"ü\": {\"n\": 1}, \"n\": {\"n\": 1, \"m\": 2, \"n\": 1}}]",
       "1:40: duplicate key 'n', first at line 1"},
      {"{\"a\": {\"a\": 1}, \"b\": [1, 1, {\"a\": 1}, {\"a\": 1}]}", ""},
  };
  for (const auto& [text, message] : rows) {
    const auto ranges = JsonRanges::Of(text);
    EXPECT_EQ(ranges ? "" : ranges.error().message, message) << text;
  }
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
