// Large YAML as JSON text: the same values, at the same places, as the tree holds.
#include "base/yaml_as_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/yaml_node.h"

namespace conform {
namespace {

struct Written {
  const char* name;
  const char* yaml;
  const char* json;
};

class YamlAsJsonWrites : public testing::TestWithParam<Written> {};

TEST_P(YamlAsJsonWrites, WhatTheTreeHolds) {
  const SourceText source("a.yaml", GetParam().yaml);
  Diagnostics diagnostics;
  const auto written = ReadYamlAsJson(source, diagnostics);
  ASSERT_TRUE(written.has_value()) << diagnostics.RenderAll();
  EXPECT_EQ(written->text, GetParam().json);
  const auto tree = ParseYaml(source, diagnostics);
  ASSERT_TRUE(tree.has_value()) << diagnostics.RenderAll();
  EXPECT_EQ(nlohmann::json::parse(written->text), ToJson(*tree));
}

constexpr Written kWritten[] = {
    {"Scalars", "[a, 'b', \"c\\n\", 1, 1.5, true, ~, 0x1F, 'no', '7', n, t, -]",
     R"(["a","b","c\n",1,1.5,true,null,31,"no","7","n","t","-"])"},
    {"Mapping", "a: {b: 1, 200: x}\nc:\n- d\n-\n", R"({"a":{"b":1,"200":"x"},"c":["d",null]})"},
    {"Empty", "a: {}\nb: []\nc:\n", R"({"a":{},"b":[],"c":null})"},
    {"Block", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", R"({"a":"x\ny\n","b":"x y"})"},
    {"Alias", "a: &x {b: [1]}\nc: *x\nd: [*x, &y k]\n*y : 2\n",
     R"({"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]},"k"],"k":2})"},
};

INSTANTIATE_TEST_SUITE_P(Rows, YamlAsJsonWrites, testing::ValuesIn(kWritten),
                         [](const auto& row) { return row.param.name; });

struct Mistaken {
  const char* name;
  std::string yaml;
  const char* said;
};

class YamlAsJsonRefuses : public testing::TestWithParam<Mistaken> {};

TEST_P(YamlAsJsonRefuses, AndPointsAtTheMistake) {
  const SourceText source("a.yaml", GetParam().yaml);
  Diagnostics diagnostics;
  EXPECT_FALSE(ReadYamlAsJson(source, diagnostics).has_value());
  EXPECT_TRUE(diagnostics.RenderAll().starts_with(GetParam().said)) << diagnostics.RenderAll();
}

const Mistaken kMistaken[] = {
    {"Bracket", "a: [\n", "a.yaml:"},
    {"Empty", "# nothing\n", "a.yaml: error: the file is empty"},
    {"SecondDocument", "a: 1\n---\nb: 2\n", "a.yaml:2:1: error: a second document begins here"},
    {"Tag", "a: !x 1\n", "a.yaml:1:4: error: the tag '!x' is not read"},
    {"Merge", "a: &x {b: 1}\nc:\n  <<: *x\n", "a.yaml:3:3: error: '<<' merges"},
    {"NullKey", "~: 1\n", "a.yaml:1:1: error: a key must be text, not nothing"},
    {"ListKey", "a: 1\n? [b]\n: 2\n", "a.yaml:2:3: error: a key must be text, not a list"},
    {"Deep", std::string(200, '[') + std::string(200, ']'),
     "a.yaml:1:101: error: nested over 100 levels deep"},
};

INSTANTIATE_TEST_SUITE_P(Rows, YamlAsJsonRefuses, testing::ValuesIn(kMistaken),
                         [](const auto& row) { return row.param.name; });

TEST(YamlAsJson, BoundsWhatAliasesUnfoldTo) {
  std::string yaml = "- &a0 " + std::string(1000, 'x') + "\n";
  for (int i = 1; i < 12; ++i) {
    yaml += "- &a" + std::to_string(i) + " [";
    for (int k = 0; k < 9; ++k) yaml += "*a" + std::to_string(i - 1) + ", ";
    yaml += "]\n";
  }
  Diagnostics diagnostics;
  EXPECT_FALSE(ReadYamlAsJson(SourceText("a.yaml", yaml), diagnostics).has_value());
  EXPECT_NE(diagnostics.RenderAll().find("the file unfolds to over 256 MiB"), std::string::npos);
}

TEST(YamlAsJson, KnowsWhereValuesStood) {
  const SourceText source("a.yaml", "a: ü\nb:\n  - \"ü\": 1\n    c: two\n");
  Diagnostics diagnostics;
  const auto written = ReadYamlAsJson(source, diagnostics);
  ASSERT_TRUE(written.has_value());
  const auto at = [&](const char* value) {
    const Span span = written->PlaceOf(written->text.find(value), source);
    return std::to_string(span.line) + ":" + std::to_string(span.column);
  };
  EXPECT_EQ(at("\"two\""), "4:8");
  EXPECT_EQ(at("[{"), "3:3");
  EXPECT_EQ(at("1,"), "3:10");
}

}  // namespace
}  // namespace conform
