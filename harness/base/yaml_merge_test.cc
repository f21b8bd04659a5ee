// Merge keys, which descriptions that others wrote may hold.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/yaml_node.h"

namespace conform {
namespace {

struct MergeRow {
  const char* name;
  const char* yaml;
  const char* expected;  ///< as JSON, or the begin of what is told.
};
void PrintTo(const MergeRow& row, std::ostream* out) { *out << row.name; }

class MergeYaml : public testing::TestWithParam<MergeRow> {};

TEST_P(MergeYaml, TakesTheOthersKeys) {
  const SourceText source("x.yaml", GetParam().yaml);
  Diagnostics diagnostics;
  const auto node = ParseYaml(source, diagnostics, YamlMerges::kTaken);
  const std::string told = node ? ToJson(*node).dump() : diagnostics.RenderAll();
  EXPECT_TRUE(told.starts_with(GetParam().expected)) << told;
}

constexpr MergeRow kMerges[] = {
    {"OfAnAlias", "a: &x {b: 1, c: 2}\nd: {<<: *x, e: 3}\n",
     R"({"a":{"b":1,"c":2},"d":{"b":1,"c":2,"e":3}})"},
    {"WhatIsWrittenCounts", "a: &x {b: 1}\nd: {b: 2, <<: *x}\ne: {<<: *x, b: 3}\n",
     R"({"a":{"b":1},"d":{"b":2},"e":{"b":3}})"},
    {"OfAList", "a: [&x {b: 1}, &y {b: 2, c: 3}]\nd: {<<: [*x, *y]}\n",
     R"({"a":[{"b":1},{"b":2,"c":3}],"d":{"b":1,"c":3}})"},
    {"OfOneThatMerges", "a: &x {b: 1}\nc: &y {<<: *x, d: 2}\ne: {<<: *y}\n",
     R"({"a":{"b":1},"c":{"b":1,"d":2},"e":{"b":1,"d":2}})"},
    {"OfAMappingWrittenThere", "a: {<<: {b: 1}}\n", R"({"a":{"b":1}})"},
    {"AQuotedKeyIsOne", "a: {'<<': {b: 1}}\n", R"({"a":{"<<":{"b":1}}})"},
    {"OfAText", "a:\n  <<: b\n", "x.yaml:2:3: error: '<<' merges mappings, not text\n"},
    {"OfNothing", "a:\n  <<:\n", "x.yaml:2:3: error: '<<' merges mappings, not nothing\n"},
    {"Twice", "a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x\n",
     "x.yaml:4:3: error: duplicate key '<<', first at line 3\n"},
};

INSTANTIATE_TEST_SUITE_P(Rows, MergeYaml, testing::ValuesIn(kMerges),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
