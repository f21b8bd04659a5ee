#include "base/map_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <memory>

namespace conform {
namespace {

/// A mapping and the diagnostics of reading it.
class ReadMap : public testing::Test {
 protected:
  MapReader Reader(std::string text) {
    source_ = std::make_unique<SourceText>("x.yaml", std::move(text));
    node_ = ParseYaml(*source_, diagnostics_).value_or(YamlNode{});
    return MapReader({*source_, diagnostics_}, node_, "a case", {1, 1, 1});
  }
  std::string Complaints() const { return diagnostics_.RenderAll(); }

  std::unique_ptr<SourceText> source_;
  YamlNode node_;
  Diagnostics diagnostics_;
};

enum class Colour { kRed, kGreen, kBlue };
constexpr std::array<NamedValue<Colour>, 3> kColours = {
    {{"red", Colour::kRed}, {"green", Colour::kGreen}, {"blue", Colour::kBlue}}};

TEST_F(ReadMap, AnswersWhatIsThere) {
  MapReader reader = Reader(
      "title: a b\nbudget: 7\nstrict: true\nwait: 1m30s\nclauses: [a, 'b']\none: c\nhue: green\n");
  EXPECT_TRUE(reader.valid());
  EXPECT_EQ(reader.Text("title"), "a b");
  EXPECT_EQ(reader.RequireText("title"), "a b");
  EXPECT_EQ(reader.Integer("budget", 1, 100), 7);
  EXPECT_EQ(reader.Bool("strict"), true);
  EXPECT_EQ(reader.Duration("wait"), std::chrono::milliseconds(90000));
  EXPECT_EQ(reader.Texts("clauses"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(reader.Texts("one"), (std::vector<std::string>{"c"}));
  EXPECT_EQ(reader.OneOf<Colour>("hue", kColours), Colour::kGreen);
  reader.Finish();
  EXPECT_EQ(Complaints(), "");
}

TEST_F(ReadMap, AnswersNothingForWhatIsAbsent) {
  MapReader reader = Reader("{}");
  EXPECT_EQ(reader.Find("title"), nullptr);
  EXPECT_EQ(reader.Text("title"), std::nullopt);
  EXPECT_EQ(reader.Integer("budget", 1, 100), std::nullopt);
  EXPECT_EQ(reader.Bool("strict"), std::nullopt);
  EXPECT_EQ(reader.Duration("wait"), std::nullopt);
  EXPECT_TRUE(reader.Texts("clauses").empty());
  EXPECT_EQ(reader.OneOf<Colour>("hue", kColours), std::nullopt);
  reader.Finish();
  EXPECT_EQ(Complaints(), "");
}

TEST_F(ReadMap, ComplainsOnceWhereItIsNoMapping) {
  MapReader reader = Reader("[a]");
  EXPECT_FALSE(reader.valid());
  EXPECT_EQ(reader.RequireText("title"), std::nullopt);
  EXPECT_EQ(reader.Require("status"), nullptr);
  reader.Finish();
  EXPECT_EQ(Complaints(), R"(x.yaml:1:1: error: a case must be a mapping, not a list
 1 | [a]
   | ^
      write it as `key: value`
)");
}

TEST_F(ReadMap, NamesTheNearestKeyForAnUnknownOne) {
  MapReader reader = Reader("request: a\nrespnse: b\n");
  reader.Find("request");
  reader.Find("response");
  reader.Finish();
  EXPECT_EQ(Complaints(), R"(x.yaml:2:1: error: unknown key 'respnse' in a case
 2 | respnse: b
   | ^^^^^^^
      did you mean 'response'?
)");
}

TEST_F(ReadMap, ListsTheKnownKeysWhereNoneIsNear) {
  MapReader reader = Reader("zebra: a\n");
  reader.Find("title");
  reader.Find("request");
  reader.Find("title");
  reader.Find("body");
  reader.Finish();
  EXPECT_EQ(Complaints(), R"(x.yaml:1:1: error: unknown key 'zebra' in a case
 1 | zebra: a
   | ^^^^^
      known keys: title, request or body
)");
}

TEST_F(ReadMap, ComplainsOfEveryUnknownKey) {
  MapReader reader = Reader("zebra: a\nyak: b\n");
  reader.Finish();
  EXPECT_EQ(Complaints(), R"(x.yaml:1:1: error: unknown key 'zebra' in a case
 1 | zebra: a
   | ^^^^^
      no key is known here
x.yaml:2:1: error: unknown key 'yak' in a case
 2 | yak: b
   | ^^^
      no key is known here
)");
}

TEST_F(ReadMap, RequiresAKey) {
  MapReader reader = Reader("title: a\n");
  EXPECT_EQ(reader.Require("status"), nullptr);
  EXPECT_EQ(Complaints(), R"(x.yaml:1:1: error: 'status' is missing from a case
 1 | title: a
   | ^
      add `status: …`
)");
}

TEST_F(ReadMap, BlamesTheKeyOfAnEmptyValue) {
  MapReader reader = Reader("title:\nauthor: ''\nsource: ~\nnext: b\n");
  EXPECT_EQ(reader.RequireText("title"), std::nullopt);
  EXPECT_EQ(reader.RequireText("author"), std::nullopt);
  EXPECT_EQ(reader.Text("source"), std::nullopt);
  EXPECT_EQ(Complaints(), R"(x.yaml:1:1: error: 'title' is empty
 1 | title:
   | ^^^^^
x.yaml:2:1: error: 'author' is empty
 2 | author: ''
   | ^^^^^^
x.yaml:3:1: error: 'source' is empty
 3 | source: ~
   | ^^^^^^
)");
}

TEST_F(ReadMap, TakesAnEmptyTextWhereNoneIsRequired) {
  EXPECT_EQ(Reader("value: ''\n").Text("value"), "");
  EXPECT_EQ(Complaints(), "");
}

TEST_F(ReadMap, TakesAnyScalarForText) {
  EXPECT_EQ(Reader("value: 2024\n").Text("value"), "2024");
  EXPECT_EQ(Complaints(), "");
}

TEST_F(ReadMap, ComplainsOfTheWrongKind) {
  MapReader reader = Reader("title: [a]\nwait: {a: b}\nbudget: [1]\nstrict: []\nclauses: {a: b}\n");
  EXPECT_EQ(reader.Text("title"), std::nullopt);
  EXPECT_EQ(reader.Duration("wait"), std::nullopt);
  EXPECT_EQ(reader.Integer("budget", 1, 100), std::nullopt);
  EXPECT_EQ(reader.Bool("strict"), std::nullopt);
  EXPECT_TRUE(reader.Texts("clauses").empty());
  EXPECT_EQ(Complaints(), R"(x.yaml:1:8: error: 'title' must be text, not a list
 1 | title: [a]
   |        ^
x.yaml:2:7: error: 'wait' must be a length of time, not a mapping
 2 | wait: {a: b}
   |       ^
x.yaml:3:9: error: 'budget' must be a whole number from 1 to 100, not a list
 3 | budget: [1]
   |         ^
x.yaml:4:9: error: 'strict' must be true or false, not a list
 4 | strict: []
   |         ^
x.yaml:5:10: error: 'clauses' must be text or a list of texts, not a mapping
 5 | clauses: {a: b}
   |          ^
)");
}

TEST_F(ReadMap, ComplainsOfAnItemThatIsNoText) {
  MapReader reader = Reader("clauses:\n- a\n-\n- [b]\n- c\n");
  EXPECT_EQ(reader.Texts("clauses"), (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(Complaints(), R"(x.yaml:3:1: error: an item of 'clauses' is empty
 3 | -
   | ^
x.yaml:4:3: error: an item of 'clauses' must be text, not a list
 4 | - [b]
   |   ^
)");
}

class ReadInteger : public ReadMap, public testing::WithParamInterface<std::string_view> {};
TEST_P(ReadInteger, RefusesWhatIsNoNumberInRange) {
  MapReader reader = Reader("budget: " + std::string(GetParam()));
  EXPECT_EQ(reader.Integer("budget", 1, 100), std::nullopt);
  ASSERT_EQ(diagnostics_.errors(), 1U);
  EXPECT_EQ(diagnostics_.Sorted().front().message, "'budget' must be a whole number from 1 to 100");
  EXPECT_EQ(diagnostics_.Sorted().front().span.column, 9);
}
INSTANTIATE_TEST_SUITE_P(, ReadInteger,
                         testing::Values("0", "101", "-5", "1.5", "5.0", "'5'", "five", "true",
                                         "18446744073709551615", "99999999999999999999", "1e1"));

TEST_F(ReadMap, TakesTheEndsOfARange) {
  MapReader reader = Reader("a: 1\nb: 100\nc: 0x10\nd: -9223372036854775808\n");
  EXPECT_EQ(reader.Integer("a", 1, 100), 1);
  EXPECT_EQ(reader.Integer("b", 1, 100), 100);
  EXPECT_EQ(reader.Integer("c", 1, 100), 16);
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(reader.Integer("d", kMin, 0), kMin);
  EXPECT_EQ(Complaints(), "");
}

TEST_F(ReadMap, TakesNoNumberBeyond64Bits) {
  MapReader reader = Reader("a: 9223372036854775808\n");
  EXPECT_EQ(reader.Integer("a", std::numeric_limits<std::int64_t>::min(), 0), std::nullopt);
  EXPECT_EQ(diagnostics_.errors(), 1U);
}

TEST_F(ReadMap, SaysAtLeastWhereARangeIsOpen) {
  MapReader reader = Reader("a: -1\n");
  reader.Integer("a", 0, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Complaints(), R"(x.yaml:1:4: error: 'a' must be a whole number of at least 0
 1 | a: -1
   |    ^^
)");
}

TEST_F(ReadMap, KnowsTrueAndFalseAlone) {
  MapReader reader = Reader("a: yes\nb: 'true'\nc: False\n");
  EXPECT_EQ(reader.Bool("a"), std::nullopt);
  EXPECT_EQ(reader.Bool("b"), std::nullopt);
  EXPECT_EQ(reader.Bool("c"), false);
  EXPECT_EQ(Complaints(), R"(x.yaml:1:4: error: 'a' must be true or false, not 'yes'
 1 | a: yes
   |    ^^^
x.yaml:2:4: error: 'b' must be true or false, not 'true'
 2 | b: 'true'
   |    ^^^^^^
      write it without quotes
)");
}

TEST_F(ReadMap, ShowsHowALengthOfTimeIsWritten) {
  EXPECT_EQ(Reader("wait: 5 minutes\n").Duration("wait"), std::nullopt);
  EXPECT_EQ(Complaints(), R"(x.yaml:1:7: error: 'wait' must be a length of time, not '5 minutes'
 1 | wait: 5 minutes
   |       ^^^^^^^^^
      write it like 250ms, 90s, 10m, 1h or 1m30s, up to 1000h
)");
}

TEST_F(ReadMap, ListsTheNamesAndTheNearest) {
  MapReader reader = Reader("a: gren\nb: pink\nc: [red]\nd:\n");
  for (const auto* key : {"a", "b", "c", "d"}) {
    EXPECT_EQ(reader.OneOf<Colour>(key, kColours), std::nullopt);
  }
  EXPECT_EQ(Complaints(), R"(x.yaml:1:4: error: 'a' must be one of red, green or blue, not 'gren'
 1 | a: gren
   |    ^^^^
      did you mean 'green'?
x.yaml:2:4: error: 'b' must be one of red, green or blue, not 'pink'
 2 | b: pink
   |    ^^^^
x.yaml:3:4: error: 'c' must be one of red, green or blue, not a list
 3 | c: [red]
   |    ^
x.yaml:4:1: error: 'd' is empty
 4 | d:
   | ^
      write one of red, green or blue
)");
}

TEST_F(ReadMap, EndsSoonerThanAHostileFile) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  MapReader reader = Reader(std::move(text));
  reader.Find("title");
  reader.Finish();
  EXPECT_EQ(diagnostics_.errors(), kMaxDiagnosticsShown + 1);
}

}  // namespace
}  // namespace conform
