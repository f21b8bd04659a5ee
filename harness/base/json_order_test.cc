#include "base/json_order.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

using nlohmann::json;

struct OrderRow {
  std::string name;
  std::string first;
  std::string second;
  int order;
};

class OrderOf : public testing::TestWithParam<OrderRow> {};

TEST_P(OrderOf, TwoValues) {
  const auto sign = [](int order) { return order < 0 ? -1 : static_cast<int>(order > 0); };
  const json first = json::parse(GetParam().first);
  const json second = json::parse(GetParam().second);
  EXPECT_EQ(sign(OrderJson(first, second)), GetParam().order);
  EXPECT_EQ(sign(OrderJson(second, first)), -GetParam().order);
  EXPECT_EQ(EqualJson(first, second), GetParam().order == 0);
}

INSTANTIATE_TEST_SUITE_P(
    Table, OrderOf,
    testing::Values(
        OrderRow{"NumbersByValue", "1", "1.0", 0}, OrderRow{"NegativeNumbers", "-2", "1", -1},
        OrderRow{"NumbersThatNoDoubleTellsApart", "9007199254740992", "9007199254740993", -1},
        OrderRow{"AFloatAndANumberBesideIt", "9007199254740992.0", "9007199254740993", -1},
        OrderRow{"TheLargestNumbers", "18446744073709551615", "-1", 1},
        OrderRow{"Texts", R"("a")", R"("b")", -1}, OrderRow{"Nulls", "null", "null", 0},
        OrderRow{"Booleans", "false", "true", -1}, OrderRow{"Kinds", "0", "false", 1},
        OrderRow{"ListsInTheirOrder", "[1,2]", "[2,1]", -1}, OrderRow{"Lists", "[1]", "[1.0]", 0},
        OrderRow{"AShorterList", "[2]", "[1,1]", -1},
        OrderRow{"ObjectsInAnyOrder", R"({"a":1,"b":2})", R"({"b":2,"a":1.0})", 0},
        OrderRow{"ObjectsOfOtherNames", R"({"a":1})", R"({"b":1})", -1},
        OrderRow{"ObjectsOfOtherValues", R"({"a":{"b":1}})", R"({"a":{"b":2}})", -1}),
    [](const testing::TestParamInfo<OrderRow>& row) { return row.param.name; });

}  // namespace
}  // namespace conform
