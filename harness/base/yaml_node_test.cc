#include "base/yaml_node.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <ostream>

namespace conform {
namespace {

std::string Repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// The tree as JSON, or the diagnostics.
std::string Read(std::string text) {
  const SourceText source("x.yaml", std::move(text));
  Diagnostics diagnostics;
  const auto node = ParseYaml(source, diagnostics);
  EXPECT_NE(node.has_value(), diagnostics.HasErrors());
  return node ? ToJson(*node).dump() : diagnostics.RenderAll();
}

struct YamlRow {
  std::string_view name;
  std::string_view text;
  std::string_view expected;
};
void PrintTo(const YamlRow& row, std::ostream* out) { *out << row.name; }

class ReadYaml : public testing::TestWithParam<YamlRow> {};
TEST_P(ReadYaml, AsJson) { EXPECT_EQ(Read(std::string(GetParam().text)), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    CoreSchema, ReadYaml,
    testing::Values(
        YamlRow{"Booleans", "[true, True, TRUE, false, False, FALSE]",
                "[true,true,true,false,false,false]"},
        YamlRow{"OldBooleansAreText", "[yes, no, on, off, y, tRUE]",
                R"(["yes","no","on","off","y","tRUE"])"},
        YamlRow{"Nulls", "[~, null, Null, NULL, ]", "[null,null,null,null]"},
        YamlRow{"EmptyValue", "a:\nb: ~\n", R"({"a":null,"b":null})"},
        YamlRow{"QuotedIsText", R"(['true', "204", 'null', "", ''])",
                R"(["true","204","null","",""])"},
        YamlRow{"BlockIsText", "a: |\n  204\nb: >-\n  204\n", R"({"a":"204\n","b":"204"})"},
        YamlRow{"StringTagIsText", "a: !!str 204\nb: ! 204\n", R"({"a":"204","b":"204"})"},
        YamlRow{"Integers", "[204, -1, +7, 007, 0, -0]", "[204,-1,7,7,0,0]"},
        YamlRow{"Prefixed", "[0x1F, 0o17, 0xg, 0x, -0x1, 0o8]",
                R"([31,15,"0xg","0x","-0x1","0o8"])"},
        YamlRow{"TheLargestSigned", "[9223372036854775807, -9223372036854775808]",
                "[9223372036854775807,-9223372036854775808]"},
        YamlRow{"Unsigned", "[9223372036854775808, 0xFFFFFFFFFFFFFFFF]",
                "[9223372036854775808,18446744073709551615]"},
        YamlRow{"BeyondUnsigned", "[18446744073709551616, 0x10000000000000000]",
                "[1.8446744073709552e+19,1.8446744073709552e+19]"},
        YamlRow{"Reals", "[1.5, -.5, 2., 1e3, +1.5E-2, 1.5e+2]",
                "[1.5,-0.5,2.0,1000.0,0.015,150.0]"},
        YamlRow{"WhatJsonCannotHoldIsText", "[.inf, -.Inf, .nan, 1e999]",
                R"([".inf","-.Inf",".nan","1e999"])"},
        YamlRow{"AlmostNumbersAreText", "[1_000, 1e, ., -, +, 1.2.3, 0b1, 12:30, 2019-01, e5]",
                R"(["1_000","1e",".","-","+","1.2.3","0b1","12:30","2019-01","e5"])"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Shapes, ReadYaml,
    testing::Values(YamlRow{"Nested", "a: {b: [1, {c: d}]}\ne:\n- f\n",
                            R"({"a":{"b":[1,{"c":"d"}]},"e":["f"]})"},
                    YamlRow{"EmptyOnes", "a: []\nb: {}\n", R"({"a":[],"b":{}})"},
                    YamlRow{"AScalarAlone", "text", R"("text")"},
                    YamlRow{"AliasIsACopy", "a: &x {b: 1}\nc: *x\nd: [*x, *x]\n",
                            R"({"a":{"b":1},"c":{"b":1},"d":[{"b":1},{"b":1}]})"},
                    YamlRow{"AliasOfAnAlias", "a: &x [1]\nb: &y [*x, *x]\nc: *y\n",
                            R"({"a":[1],"b":[[1],[1]],"c":[[1],[1]]})"},
                    YamlRow{"AliasAsKey", "a: &x k\n*x : 1\n", R"({"a":"k","k":1})"},
                    YamlRow{"AliasOfNull", "a: &x\nb: *x\n", R"({"a":null,"b":null})"},
                    YamlRow{"AnchorNamedAnew", "a: &x 1\nb: &x 2\nc: *x\n",
                            R"({"a":1,"b":2,"c":2})"},
                    YamlRow{"QuotedMergeKeyIsAKey", "'<<': 1\n", R"({"<<":1})"},
                    YamlRow{"DirectiveAndMarkers", "%YAML 1.2\n---\na: 1\n...\n", R"({"a":1})"},
                    YamlRow{"CrLf", "a: 'x'\r\nb: y z\r\n", R"({"a":"x","b":"y z"})"},
                    YamlRow{"Escapes", R"(a: "\u00e9\x41\n\t\"")", R"({"a":"éA\n\t\""})"}),
    [](const auto& row) { return std::string(row.param.name); });

class ReadYamlRejects : public testing::TestWithParam<YamlRow> {};
TEST_P(ReadYamlRejects, AndPointsAtTheMistake) {
  EXPECT_EQ(Read(std::string(GetParam().text)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    , ReadYamlRejects,
    testing::Values(
        YamlRow{"DuplicateKey", "status: 204\na: 1\nb: {status: 1}\nstatus: 205\n",
                R"(x.yaml:4:1: error: duplicate key 'status', first at line 1
 4 | status: 205
   | ^^^^^^
      remove one of the two
)"},
        YamlRow{"EveryDuplicateKey", "a: 1\na: 2\nb: {c: 1, 'c': 2}\n",
                R"(x.yaml:2:1: error: duplicate key 'a', first at line 1
 2 | a: 2
   | ^
      remove one of the two
x.yaml:3:11: error: duplicate key 'c', first at line 3
 3 | b: {c: 1, 'c': 2}
   |           ^^^
      remove one of the two
)"},
        YamlRow{"DuplicateKeyByAlias", "a: &x b\nb: 1\n*x : 2\n",
                R"(x.yaml:3:1: error: duplicate key 'b', first at line 2
 3 | *x : 2
   | ^
      remove one of the two
)"},
        YamlRow{"MappingAsKey", "path: /a\n{b: c}: d\n",
                R"(x.yaml:2:1: error: a key must be text, not a mapping
 2 | {b: c}: d
   | ^
      put a text that begins with '{' or '[' in quotes
)"},
        YamlRow{"DoubleBraces", "path: {{id}}\n",
                R"(x.yaml:1:8: error: a key must be text, not a mapping
 1 | path: {{id}}
   |        ^
      put a text that begins with '{' or '[' in quotes
)"},
        YamlRow{"ListAsKey", "? [a]\n: b\n", R"(x.yaml:1:3: error: a key must be text, not a list
 1 | ? [a]
   |   ^
      put a text that begins with '{' or '[' in quotes
)"},
        YamlRow{"AliasedListAsKey", "a: &x [1]\n*x : 2\n",
                R"(x.yaml:2:1: error: a key must be text, not a list
 2 | *x : 2
   | ^
      write the key out
)"},
        YamlRow{"NullAsKey", "null: 1\n", R"(x.yaml:1:1: error: a key must be text, not nothing
 1 | null: 1
   | ^^^^
      put the key in quotes
)"},
        YamlRow{"MergeKey", "a: &x {b: 1}\nc:\n  <<: *x\n",
                R"(x.yaml:3:3: error: '<<' merges another mapping into this one
 3 |   <<: *x
   |   ^^
      write the keys out: a case is read by itself
)"},
        YamlRow{"SecondDocument", "a: 1\n---\nb: 2\n",
                R"(x.yaml:2:1: error: a second document begins here
 2 | ---
   | ^
      keep one document in a file; where none was meant, check the indentation
)"},
        YamlRow{"SecondDocumentOnTheSameLine", "[a] b\n",
                R"(x.yaml:1:5: error: a second document begins here
 1 | [a] b
   |     ^
      keep one document in a file; where none was meant, check the indentation
)"},
        YamlRow{"Nothing", "",
                "x.yaml: error: the file is empty\n      write something into it, or delete it\n"},
        YamlRow{"OnlyComments", "# a\n\n# b\n",
                "x.yaml: error: the file is empty\n      write something into it, or delete it\n"},
        YamlRow{"OnlyAMarker", "---\n",
                "x.yaml: error: the file is empty\n      write something into it, or delete it\n"},
        YamlRow{"Tag", "a: !point [1, 2]\n", R"(x.yaml:1:4: error: the tag '!point' is not read
 1 | a: !point [1, 2]
   |    ^
      write the value without a tag
)"},
        YamlRow{"UnknownAlias", "a: *b\n",
                R"(x.yaml:1:4: error: not YAML: the referenced anchor is not defined
 1 | a: *b
   |    ^
      write the value out, or mark it with '&' above
)"},
        YamlRow{"AliasInsideItsAnchor", "a: &x [*x]\n",
                R"(x.yaml:1:8: error: the alias stands inside what it stands for
 1 | a: &x [*x]
   |        ^
      write the value out
)"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    NotYaml, ReadYamlRejects,
    testing::Values(
        YamlRow{"ColonInText", "says: 漢字: thing\n",
                R"(x.yaml:1:9: error: not YAML: illegal map value
 1 | says: 漢字: thing
   |           ^
      put a text that holds ': ' in quotes
)"},
        YamlRow{"OpenQuote", "a: \"x", R"(x.yaml:1:6: error: not YAML: illegal EOF in scalar
 1 | a: "x
   |      ^
      close the quotes
)"},
        YamlRow{"OpenQuoteBeforeALineEnd", "a: \"x # \\\"\nb: c\n",
                R"(x.yaml:1:4: error: not YAML: the quotes are never closed
 1 | a: "x # \"
   |    ^^^^^^^
      close them
)"},
        YamlRow{"OpenSingleQuoteBehindAnAnchor", "a: &x # c\n\n  'x''\n",
                R"(x.yaml:3:3: error: not YAML: the quotes are never closed
 3 |   'x''
   |   ^^^^
      close them
)"},
        YamlRow{"OpenBraces", "a: {b: c, d: [e, f]\ng: h\n",
                R"(x.yaml:1:4: error: not YAML: end of map flow not found
 1 | a: {b: c, d: [e, f]
   |    ^
      close the mapping with '}'
)"},
        YamlRow{"OpenListAtTheEnd", "a:\n  - [1, 2",
                R"(x.yaml:2:5: error: not YAML: end of sequence flow not found
 2 |   - [1, 2
   |     ^
      close the list with ']'
)"},
        YamlRow{"OpenList", "a: [1, 2\nb: 3\n",
                R"(x.yaml:1:4: error: not YAML: end of sequence flow not found
 1 | a: [1, 2
   |    ^
      close the list with ']'
)"},
        YamlRow{"AtSign", "a: @x\n", R"(x.yaml:1:4: error: not YAML: unknown token
 1 | a: @x
   |    ^
      put a text that begins with this character in quotes
)"},
        YamlRow{"BadIndentation", "a: 1\n  b: 2\n",
                R"(x.yaml:2:4: error: not YAML: illegal map value
 2 |   b: 2
   |    ^
      begin it in the column of the key in line 1: that one has a value, so nothing stands below
)"},
        YamlRow{"TabAsIndentation", "a:\n\tb: 2\n",
                R"(x.yaml:2:3: error: not YAML: illegal map value
 2 |  b: 2
   |   ^
      indent with spaces, not tabs
)"},
        YamlRow{"NoSpaceBehindTheColon", "a: 1\nb:2\n# c\nd: 3\n",
                R"(x.yaml:2:1: error: not YAML: end of map not found
 2 | b:2
   | ^
      write a space behind the ':' of line 2
)"},
        YamlRow{"NoSpaceBehindTheColonAbove", "a: 1\nb:2\nd: 3\n",
                R"(x.yaml:3:2: error: not YAML: illegal map value
 3 | d: 3
   |  ^
      write a space behind the ':' of line 2
)"},
        YamlRow{"PlaceholderBetweenBraces", "a: {b: Bearer ${token}}\n",
                R"(x.yaml:1:4: error: not YAML: end of map flow not found
 1 | a: {b: Bearer ${token}}
   |    ^
      between braces, put a text that holds ${…} in quotes
)"},
        YamlRow{"TextOfTwoLines", "a\nb: 2\n",
                R"(x.yaml:2:2: error: not YAML: illegal map value
 2 | b: 2
   |  ^
      write ': ' behind the key of line 1; a text goes into quotes
)"},
        YamlRow{"EndOfTransmission", "a: é\x04\nb: 2\n",
                R"(x.yaml:1:5: error: not YAML: the character \x04
 1 | a: é\x04
   |     ^^^^
      remove it, or write it as an escape in double quotes
)"},
        YamlRow{"CarriageReturnAlone", "a: 1\nb: 1\rc: 2\n",
                R"(x.yaml:2:5: error: not YAML: the character \r
 2 | b: 1\rc: 2
   |     ^^
      remove it, or write it as an escape in double quotes
)"},
        YamlRow{"NulsOfUtf16", std::string_view("\0a\0:", 4),
                R"(x.yaml:1:1: error: not YAML: the character \x00
 1 | \x00a\x00:
   | ^^^^
      remove it, or write it as an escape in double quotes
)"},
        YamlRow{"MalformedUtf8", "a: \xFF\n", R"(x.yaml:1:4: error: not YAML: the character \xFF
 1 | a: \xFF
   |    ^^^^
      remove it, or write it as an escape in double quotes
)"}),
    [](const auto& row) { return std::string(row.param.name); });

struct BoundRow {
  std::string_view name;
  std::string text;
  std::string_view message;
};
void PrintTo(const BoundRow& row, std::ostream* out) { *out << row.name; }

class ReadYamlWithin : public testing::TestWithParam<BoundRow> {};
TEST_P(ReadYamlWithin, TheBounds) {
  const SourceText source("x.yaml", GetParam().text);
  Diagnostics diagnostics;
  EXPECT_FALSE(ParseYaml(source, diagnostics).has_value());
  ASSERT_EQ(diagnostics.errors(), 1U);
  EXPECT_EQ(diagnostics.Sorted().front().message, GetParam().message);
}

std::string IndentedKeys(std::size_t levels) {
  std::string text;
  for (std::size_t level = 0; level < levels; ++level) text += std::string(level, ' ') + "a:\n";
  return text;
}

/// Each anchor holds ten of the one before: ten to the 13th when unfolded.
std::string Laughs() {
  std::string text = "a0: &a0 lol\n";
  for (int i = 1; i <= 13; ++i) {
    text +=
        fmt::format("a{}: &a{} [{}*a{}]\n", i, i, Repeat(fmt::format("*a{}, ", i - 1), 9), i - 1);
  }
  return text;
}

/// Each anchor is ninety deep and holds the one before.
std::string DeepAliases() {
  std::string text = "a0: &a0 x\n";
  for (int i = 1; i <= 200; ++i) {
    text += fmt::format("a{}: &a{} {}*a{}{}\n", i, i, Repeat("[", 90), i - 1, Repeat("]", 90));
  }
  return text;
}

constexpr std::string_view kTooDeep = "nested over 100 levels deep";
constexpr std::string_view kTooMuch = "the file unfolds to over 1000000 values or 64 MiB";
INSTANTIATE_TEST_SUITE_P(
    , ReadYamlWithin,
    testing::Values(
        BoundRow{"Brackets", Repeat("[", 10000), kTooDeep},
        BoundRow{"Braces", Repeat("{a: ", 10000), kTooDeep},
        BoundRow{"Dashes", Repeat("- ", 10000), kTooDeep},
        BoundRow{"QuestionMarks", Repeat("- - - ? ", 10000), kTooDeep},
        BoundRow{"Indentation", IndentedKeys(2000), kTooDeep},
        BoundRow{"Closed", Repeat("[", 10000) + Repeat("]", 10000), kTooDeep},
        BoundRow{"JustTooDeep", Repeat("[", 101) + Repeat("]", 101), kTooDeep},
        BoundRow{"DepthByAliases", DeepAliases(), kTooDeep}, BoundRow{"Laughs", Laughs(), kTooMuch},
        BoundRow{"ALongTextManyTimes",
                 "a: &a " + std::string(100000, 'x') + "\nb: [" + Repeat("*a, ", 1000) + "]\n",
                 kTooMuch},
        BoundRow{
            "ALongKeyManyTimes",
            "a: &a " + std::string(100000, 'x') + "\nb: [" + Repeat("{*a : 1}, ", 1000) + "]\n",
            kTooMuch},
        BoundRow{"AnchorsInAnchors", Repeat("&a [", 90) + Repeat("1,", 20000) + Repeat("]", 90),
                 kTooMuch},
        BoundRow{"TooManyValues", "[" + Repeat("1,", 1000001) + "]", kTooMuch}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ReadYamlBounds, AllowAHundredLevels) {
  EXPECT_EQ(Read(Repeat("[", 100) + Repeat("]", 100)), Repeat("[", 100) + Repeat("]", 100));
}

TEST(ReadYamlBounds, AllowNestedAnchors) {
  std::string text = "1";
  for (int i = 0; i < 40; ++i) text = fmt::format("[&a{} {}]", i, text);
  EXPECT_EQ(Read(text), Repeat("[", 40) + "1" + Repeat("]", 40));
}

TEST(ReadYamlBounds, StopAfterFiftyMistakes) {
  const SourceText source("x.yaml", Repeat("a: 1\n", 100000));
  Diagnostics diagnostics;
  EXPECT_FALSE(ParseYaml(source, diagnostics).has_value());
  EXPECT_EQ(diagnostics.errors(), 50U);
}

TEST(ReadYaml, FindsADuplicateAmongThousandsOfKeys) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += fmt::format("k{}: 1\n", i);
  EXPECT_EQ(Read(text + "k77: 2\n"),
            R"(x.yaml:5001:1: error: duplicate key 'k77', first at line 78
 5001 | k77: 2
      | ^^^
      remove one of the two
)");
  EXPECT_EQ(Read(text + "k5000: 2\n").substr(0, 9), R"({"k0":1,")");
}

/// `key@line:column+length` and the value's likewise, for each entry and item in order.
void DescribeSpans(const YamlNode& node, std::string& out) {
  const auto add = [&out](std::string_view what, const Span& span) {
    out += fmt::format("{}@{}:{}+{} ", what, span.line, span.column, span.length);
  };
  for (const YamlEntry& entry : node.entries) {
    add(entry.key, entry.key_span);
    add("=", entry.value.span);
    DescribeSpans(entry.value, out);
  }
  for (const YamlNode& item : node.items) {
    add("-", item.span);
    DescribeSpans(item, out);
  }
}

class SpansOf : public testing::TestWithParam<YamlRow> {};
TEST_P(SpansOf, Row) {
  const SourceText source("x.yaml", std::string(GetParam().text));
  Diagnostics diagnostics;
  const auto node = ParseYaml(source, diagnostics);
  ASSERT_TRUE(node) << diagnostics.RenderAll();
  std::string spans;
  DescribeSpans(*node, spans);
  EXPECT_EQ(spans, std::string(GetParam().expected) + " ");
}

INSTANTIATE_TEST_SUITE_P(
    , SpansOf,
    testing::Values(YamlRow{"Plain", "a: foo bar  # c\n", "a@1:1+1 =@1:4+7"},
                    YamlRow{"Characters", "漢字: é漢 x\n", "漢字@1:1+2 =@1:5+4"},
                    YamlRow{"SingleQuoted", "a: 'it''s' # c\n", "a@1:1+1 =@1:4+7"},
                    YamlRow{"DoubleQuoted", "a: \"x\\\"\\n\" # \"\n", "a@1:1+1 =@1:4+7"},
                    YamlRow{"QuotedKey", "'a b': c\n", "a b@1:1+5 =@1:8+1"},
                    YamlRow{"Empty", "a: ''\nb: \"\"\n", "a@1:1+1 =@1:4+2 b@2:1+1 =@2:4+2"},
                    YamlRow{"BlockScalar", "a: |\n  x\n  y\n", "a@1:1+1 =@1:4+1"},
                    YamlRow{"PlainOverLines", "a: multi # c\n", "a@1:1+1 =@1:4+5"},
                    YamlRow{"PlainOnSeveralLines", "a: multi\n  line\n", "a@1:1+1 =@1:4+5"},
                    YamlRow{"QuotedOnSeveralLines", "a: 'multi\n  line'\n", "a@1:1+1 =@1:4+6"},
                    YamlRow{"List", "a:\n  - b\n  - [c, d]\n",
                            "a@1:1+1 =@2:3+1 -@2:5+1 -@3:5+1 -@3:6+1 -@3:9+1"},
                    YamlRow{"Mapping", "a:\n  b: c\n", "a@1:1+1 =@2:3+1 b@2:3+1 =@2:6+1"},
                    YamlRow{"AnchorIsNotPartOfAScalar", "a: &x !!str foo\n", "a@1:1+1 =@1:13+3"},
                    YamlRow{"AliasKeepsTheAnchorsPlace", "a: &x foo\nb: *x\n",
                            "a@1:1+1 =@1:7+3 b@2:1+1 =@1:7+3"},
                    YamlRow{"NullAtTheEnd", "a:\n\n\n", "a@1:1+1 =@1:3+1"},
                    YamlRow{"WrittenNull", "a: null\nb: ~\n", "a@1:1+1 =@1:4+4 b@2:1+1 =@2:4+1"},
                    YamlRow{"EmptyItemIsItsDash", "a:\n- # c\n# d -\n\n- x\n-\n",
                            "a@1:1+1 =@2:1+1 -@2:1+1 -@5:3+1 -@6:1+1"},
                    YamlRow{"CrLf", "a: b\r\nc: d e\r\n", "a@1:1+1 =@1:4+1 c@2:1+1 =@2:4+3"},
                    YamlRow{"BehindAMarker", "---\na: b\n", "a@2:1+1 =@2:4+1"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(YamlNode, FindsTheValueUnderAKey) {
  const SourceText source("x.yaml", "a: 1\nb: 2\n");
  Diagnostics diagnostics;
  const auto node = ParseYaml(source, diagnostics);
  ASSERT_TRUE(node);
  ASSERT_NE(node->Find("b"), nullptr);
  EXPECT_EQ(node->Find("b")->scalar, "2");
  EXPECT_EQ(node->Find("c"), nullptr);
}

TEST(HoldsNumber, IsFalseOfWhatIsRoundedOrBecomesText) {
  const SourceText source(
      "x.yaml",
      "[0, -0, +7, 010, 18446744073709551615, -9223372036854775808, 0xFFFFFFFFFFFFFFFF, 0.1, 1e30, "
      "1.5e-300, '1e999', .inf, 1.2.3, x, ~, [1e999], 18446744073709551616, -9223372036854775809, "
      "+18446744073709551616, 0x10000000000000000, 0o7777777777777777777777, 1e999, -1e-999]");
  Diagnostics diagnostics;
  const auto node = ParseYaml(source, diagnostics);
  ASSERT_TRUE(node);
  std::string lost;
  for (const YamlNode& item : node->items) {
    if (!HoldsNumber(item)) lost += item.scalar + " ";
  }
  EXPECT_EQ(lost,
            "18446744073709551616 -9223372036854775809 +18446744073709551616 0x10000000000000000 "
            "0o7777777777777777777777 1e999 -1e-999 ");
}

TEST(DescribeKind, NamesEveryKind) {
  const SourceText source("x.yaml", "[{}, [], ~, x, 'true', 204, 1.5, true]");
  Diagnostics diagnostics;
  const auto node = ParseYaml(source, diagnostics);
  ASSERT_TRUE(node);
  std::string kinds;
  for (const YamlNode& item : node->items) kinds += std::string(DescribeKind(item)) + "; ";
  EXPECT_EQ(kinds, "a mapping; a list; nothing; text; text; a number; a number; true or false; ");
}

}  // namespace
}  // namespace conform
