#include "verdict/json_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "base/json_order.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

using nlohmann::json;

struct DifferenceRow {
  std::string name;
  std::string expected;
  std::string actual;
  std::string told;
};

class Diff : public testing::TestWithParam<DifferenceRow> {};

TEST_P(Diff, TellsEachPlaceOnce) {
  const auto differences =
      DiffJson(json::parse(GetParam().expected), json::parse(GetParam().actual));
  EXPECT_EQ(fmt::format("{}", fmt::join(RenderDiff(differences), "\n")), GetParam().told);
  EXPECT_EQ(EqualJson(json::parse(GetParam().expected), json::parse(GetParam().actual)),
            GetParam().told.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Values, Diff,
    testing::Values(
        DifferenceRow{"Equal", R"({"a":[1,{"b":null}]})", R"({"a":[1,{"b":null}]})", ""},
        DifferenceRow{"OneAndOnePointZero", "1", "1.0", ""},
        DifferenceRow{"TwoToThe53AndOneMore", "9007199254740992.0", "9007199254740993",
                      "/: 9007199254740993, expected 9.007199254740992e+15"},
        DifferenceRow{"TheLargestInteger", "18446744073709551615", "18446744073709551614",
                      "/: 18446744073709551614, expected 18446744073709551615"},
        DifferenceRow{"MinusOneAndTheLargest", "-1", "18446744073709551615",
                      "/: 18446744073709551615, expected -1"},
        DifferenceRow{"TextAndNumber", R"("1")", "1", "/: 1, expected \"1\""},
        DifferenceRow{"DeepInside", R"({"a":{"b/c":[1,2,3]}})", R"({"a":{"b/c":[1,5,3]}})",
                      "/a/b~1c/1: 5, expected 2"},
        DifferenceRow{"MissingAndMore", R"({"a":1,"c":[1]})", R"({"b":2,"c":[1,2]})",
                      "/a: absent, expected 1\n/c/1: 2, expected nothing there\n/b: 2, expected "
                      "nothing there"},
        DifferenceRow{"FewerItems", "[1,2]", "[1]", "/1: absent, expected 2"},
        DifferenceRow{"TheFirstItem", "[1,2]", "[0,2]", "/0: 0, expected 1"},
        DifferenceRow{"ObjectAndNumber", R"({"a":1})", "1", "/: 1, expected {\"a\":1}"},
        DifferenceRow{"NumberAndObject", "1", R"({"a":1})", "/: {\"a\":1}, expected 1"},
        DifferenceRow{"ArrayAndNumber", "[1]", "1", "/: 1, expected [1]"},
        DifferenceRow{"NumberAndArray", "1", "[1]", "/: [1], expected 1"},
        DifferenceRow{"BelowMinusTwoToThe53", "-9007199254740993", "-9007199254740992",
                      "/: -9007199254740992, expected -9007199254740993"},
        DifferenceRow{"AnotherKind", R"({"a":{}})", R"({"a":[]})", "/a: [], expected {}"}),
    [](const auto& param) { return param.param.name; });

std::vector<std::string> RenderItemsThatDiffer(std::size_t count) {
  return RenderDiff(DiffJson(json(std::vector<int>(count, 0)), json(std::vector<int>(count, 1))));
}

TEST(RenderDiff, IsNeverMoreThanAScreen) {
  const auto lines = RenderItemsThatDiffer(1000);
  ASSERT_EQ(lines.size(), kMaxDiffLines);
  EXPECT_EQ(lines[22], "/22: 1, expected 0");
  EXPECT_EQ(lines[23], "… and 977 more");
}

TEST(RenderDiff, ShowsAScreenWhole) {
  EXPECT_EQ(RenderItemsThatDiffer(kMaxDiffLines).back(), "/23: 1, expected 0");
  EXPECT_EQ(RenderItemsThatDiffer(kMaxDiffLines + 1).back(), "… and 2 more");
}

std::string Told(const ValueRule& rule, const std::string& actual) {
  const json value = json::parse(actual);
  const auto mismatch = CompareJson("body/list", &value, rule, Scope());
  if (!mismatch) return "";
  return fmt::format("{} is {}, not {}{}{}", mismatch->subject, mismatch->actual,
                     mismatch->expected, mismatch->diff.empty() ? "" : "\n",
                     fmt::join(mismatch->diff, "\n"));
}

TEST(CompareJson, TakesUnorderedItemsInAnyOrderButEachOnce) {
  ValueRule rule;
  rule.kind = ValueRule::Kind::kUnordered;
  rule.equals = json::parse(R"([1,{"a":2},1])");
  EXPECT_EQ(Told(rule, R"([{"a":2},1,1.0])"), "");
  EXPECT_EQ(Told(rule, R"([{"a":2},1])"),
            "body/list is a list without it, not an item 1 in any order");
  EXPECT_EQ(Told(rule, R"([{"a":2},1,1,3])"), "body/list/3 is 3, not nothing more");
  EXPECT_EQ(Told(rule, R"([{"a":2},1,2])"),
            "body/list is a list without it, not an item 1 in any order (the first of 2 "
            "differences)\n"
            "/: absent, expected 1\n"
            "/2: 2, expected nothing there");
  EXPECT_EQ(Told(rule, R"([9,{"a":2},1,1])"), "body/list/0 is 9, not nothing more");
  EXPECT_EQ(Told(rule, "{}"), "body/list is {}, not [1,{\"a\":2},1]");
  rule.equals = json::parse("[1]");
  EXPECT_EQ(Told(rule, "[]"), "body/list is a list without it, not an item 1 in any order");
}

TEST(CompareJson, CutsAnItemThatIsLong) {
  ValueRule rule;
  rule.kind = ValueRule::Kind::kUnordered;
  const std::string shown(76, 'x');
  rule.equals = json::array({"é" + shown + "xx", "é" + shown + "x"});
  EXPECT_EQ(
      Told(rule, "[]"),
      fmt::format(
          "body/list is a list without it, not an item \"é{0}xx… in any order (the "
          "first of 2 differences)\n/: absent, expected \"é{0}xx…\n/: absent, expected \"é{0}x\"",
          shown));
}

/// Of millions that differ no more is kept than is shown, and none is held against all others.
TEST(CompareJson, KeepsNoMoreThanIsShown) {
  ValueRule rule;
  rule.equals = json::array();
  const json zeros = std::vector<int>(300'000, 0);
  EXPECT_EQ(DiffJson(rule.equals, zeros).first.size(), kMaxDiffLines);
  EXPECT_EQ(DiffUnordered(rule.equals, zeros).first.size(), kMaxDiffLines);
  EXPECT_EQ(DiffUnordered(std::vector<int>(300'000, 1), zeros).count, 600'000u);
  for (const auto kind : {ValueRule::Kind::kEquals, ValueRule::Kind::kUnordered}) {
    rule.kind = kind;
    const auto mismatch = CompareJson("body", &zeros, rule, Scope());
    ASSERT_TRUE(mismatch);
    EXPECT_EQ(mismatch->actual, "0");
    EXPECT_TRUE(mismatch->expected.ends_with(" (the first of 300000 differences)"));
    EXPECT_EQ(mismatch->diff.back(), "… and 299977 more");
  }
}

TEST(CompareJson, BeginsWithTheFirstDifference) {
  ValueRule rule;
  rule.kind = ValueRule::Kind::kEquals;
  rule.equals = json::parse(R"({"a":1,"b":{"c":2}})");
  EXPECT_EQ(Told(rule, R"({"a":1,"b":{"c":3}})"), "body/list/b/c is 3, not 2");
  EXPECT_EQ(Told(rule, R"({"a":2,"b":{"c":3}})"),
            "body/list/a is 2, not 1 (the first of 2 differences)\n"
            "/a: 2, expected 1\n"
            "/b/c: 3, expected 2");
}

TEST(FindUndocumented, NamesMembersThatNoPointerNames) {
  const json value = json::parse(R"({"a":1,"b":{"c":2,"d":3},"e":[{"f":4,"g":5}],"h/i":6})");
  using List = std::vector<std::string>;
  EXPECT_EQ(FindUndocumented(value, {"/a", "/b", "/e/0/f", "/h~1i"}), List{"/e/0/g"});
  EXPECT_EQ(FindUndocumented(value, {"/b/c"}), (List{"/a", "/b/d", "/e", "/h~1i"}));
  EXPECT_EQ(FindUndocumented(value, {""}), List{});
  EXPECT_EQ(FindUndocumented(value, {"/a", "/b", "/h~1i", "/e/0"}), List{});
  EXPECT_EQ(FindUndocumented(value, {"/a", "/b", "/h~1i", "/e/0/f", "/e/0/g", "/e/1/f"}), List{});
  // A name that only begins like another is another; below a number there is nothing.
  EXPECT_EQ(FindUndocumented(value, {"/a/b", "/bb", "/e", "/h~1i"}), List{"/b"});
}

TEST(Quoted, CutsLongText) {
  const std::string most(80, 'x');
  EXPECT_EQ(Quoted(most), "'" + most + "'");
  EXPECT_EQ(Quoted(most + "x"), "'" + most + "…'");
}

}  // namespace
}  // namespace conform
