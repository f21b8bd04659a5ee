#include "base/json_depth.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

struct DepthRow {
  const char* name;
  std::string text;
  std::size_t depth;
};

class JsonDepthOf : public testing::TestWithParam<DepthRow> {};

TEST_P(JsonDepthOf, Text) { EXPECT_EQ(JsonDepth(GetParam().text), GetParam().depth); }

INSTANTIATE_TEST_SUITE_P(
    Table, JsonDepthOf,
    testing::Values(DepthRow{"Nothing", "", 0}, DepthRow{"Number", "7", 0},
                    DepthRow{"Siblings", "[[],[],{}]", 2}, DepthRow{"Mixed", R"({"a":[{}]})", 3},
                    DepthRow{"BracketsInText", R"(["[[[{"])", 1},
                    DepthRow{"EscapedQuote", R"(["\"[["])", 1}, DepthRow{"Unclosed", "[[[", 3},
                    DepthRow{"ClosedTooOften", "]]]}[", 1},
                    DepthRow{"Deep", std::string(100'000, '['), 100'000}),
    [](const testing::TestParamInfo<DepthRow>& row) { return row.param.name; });

TEST(MeasureJson, CountsMembersOfOneNameEach) {
  EXPECT_EQ(MeasureJson(R"({"a":{"b":1,"b":":"},"a":[{"c\"":2}]})").members, 5U);
}

}  // namespace
}  // namespace conform
