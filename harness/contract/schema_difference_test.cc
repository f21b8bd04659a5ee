#include "contract/schema_difference.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

using Json = nlohmann::json;

std::string Told(const char* before, const char* now, Direction direction) {
  std::string text;
  for (const SchemaChange& each :
       CompareSchemas(Json::parse(before), Json::parse(now), direction)) {
    text += fmt::format("{} '{}' {}\n", NameOf(each.kind), each.pointer, each.says);
  }
  return text;
}

struct DifferenceRow {
  const char* name;
  const char* before;
  const char* now;
  const char* to_service;
  const char* to_client;
};

class CompareSchemasTest : public testing::TestWithParam<DifferenceRow> {};

TEST_P(CompareSchemasTest, ClassesItForBothDirections) {
  const DifferenceRow& row = GetParam();
  EXPECT_EQ(Told(row.before, row.now, Direction::kToService), row.to_service);
  EXPECT_EQ(Told(row.before, row.now, Direction::kToClient), row.to_client);
}

constexpr DifferenceRow kSchemaRows[] = {
    {"Same", R"({"type":"string"})", R"({"type":"string"})", "", ""},
    {"TypeAllowsMore", R"({"type":"integer"})", R"({"type":"number"})",
     "widening '' `type` allows more\n", "breaking '' `type` allows more\n"},
    {"TypeAllowsLess", R"({"type":["string","null"]})", R"({"type":"string"})",
     "breaking '' `type` allows less\n", "widening '' `type` allows less\n"},
    {"OtherType", R"({"type":"string"})", R"({"type":"object"})",
     "breaking '' `type` allows something else\n", "breaking '' `type` allows something else\n"},
    {"TypeAsList", R"({"type":"string"})", R"({"type":["string"]})",
     "editorial '' is told otherwise\n", "editorial '' is told otherwise\n"},
    {"EnumGrows", R"({"enum":["a"]})", R"({"enum":["a","b"]})", "widening '' `enum` allows more\n",
     "breaking '' `enum` allows more\n"},
    {"EnumGone", R"({"enum":["a"]})", "{}", "widening '' `enum` allows more\n",
     "breaking '' `enum` allows more\n"},
    {"MemberNew", "{}", R"({"properties":{"a":{}}})", "widening '/a' is new\n",
     "widening '/a' is new\n"},
    {"MemberGone", R"({"properties":{"a":{}}})", "{}", "breaking '/a' is documented no longer\n",
     "breaking '/a' is documented no longer\n"},
    {"MemberRequired", "{}", R"({"required":["a"]})", "breaking '/a' is required now\n",
     "widening '/a' is required now\n"},
    {"MemberOptional", R"({"required":["a"]})", R"({"required":[]})",
     "widening '/a' may be left out now\n", "breaking '/a' may be left out now\n"},
    {"Deep", R"({"properties":{"a":{"items":{"maxLength":5}}}})",
     R"({"properties":{"a":{"items":{"maxLength":6}}}})",
     "widening '/a/*' `maxLength` allows more\n", "breaking '/a/*' `maxLength` allows more\n"},
    {"LowerBoundGrows", R"({"minimum":1})", R"({"minimum":2})",
     "breaking '' `minimum` allows less\n", "widening '' `minimum` allows less\n"},
    {"OthersRefused", "{}", R"({"additionalProperties":false})",
     "breaking '' may have fewer other members\n", "widening '' may have fewer other members\n"},
    {"PatternNew", "{}", R"({"pattern":"^a"})", "breaking '' `pattern` is another\n",
     "widening '' `pattern` is another\n"},
    {"PatternOther", R"({"pattern":"^b"})", R"({"pattern":"^a"})",
     "unclassified '' `pattern` is another\n", "unclassified '' `pattern` is another\n"},
    {"WordsOnly", R"({"description":"a"})", R"({"description":"b"})",
     "editorial '' `description` is another\n", "editorial '' `description` is another\n"},
    {"UnknownKeyword", "{}", R"({"oneOf":[]})", "unclassified '' `oneOf` is another\n",
     "unclassified '' `oneOf` is another\n"},
    {"NewlyDescribed", "null", R"({"type":"string"})", "unclassified '' is described now\n",
     "widening '' is described now\n"},
    {"NoLongerDescribed", R"({"type":"string"})", "null", "widening '' is described no longer\n",
     "breaking '' is described no longer\n"},
};

INSTANTIATE_TEST_SUITE_P(Rows, CompareSchemasTest, testing::ValuesIn(kSchemaRows),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
