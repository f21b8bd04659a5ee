// The ready files of harness/ci: that they hold what sharding needs, and agree with themselves.
#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <string>

#include "base/yaml_node.h"

namespace conform {
namespace {

std::optional<YamlNode> Load(const std::string& name) {
  const auto source = SourceText::Load(CONFORM_SOURCE "/harness/ci/" + name);
  if (!source) {
    ADD_FAILURE() << source.error().message;
    return std::nullopt;
  }
  Diagnostics diagnostics;
  auto node = ParseYaml(**source, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return node;
}

/// The node that keys, or an item's number, lead to; one of nothing where there is none.
const YamlNode& At(const YamlNode& node, std::initializer_list<std::string_view> path) {
  static const YamlNode nothing;
  const YamlNode* at = &node;
  for (const std::string_view key : path) {
    if (at->kind == YamlNode::Kind::kSequence) {
      const auto number = static_cast<std::size_t>(key.front() - '0');
      at = number < at->items.size() ? &at->items[number] : nullptr;
    } else {
      at = at->Find(key);
    }
    if (at == nullptr) return nothing;
  }
  return *at;
}

TEST(CiFiles, KubernetesMapsTheIndexOfAnIndexedJobToTheShard) {
  const auto job = Load("kubernetes-shards.yaml");
  ASSERT_TRUE(job);
  EXPECT_EQ(At(*job, {"apiVersion"}).scalar, "batch/v1");
  EXPECT_EQ(At(*job, {"kind"}).scalar, "Job");
  EXPECT_EQ(At(*job, {"spec", "completionMode"}).scalar, "Indexed");
  EXPECT_EQ(At(*job, {"spec", "template", "spec", "restartPolicy"}).scalar, "Never");
  const YamlNode& container = At(*job, {"spec", "template", "spec", "containers", "0"});
  const std::string shards = At(*job, {"spec", "completions"}).scalar;
  EXPECT_EQ(At(*job, {"spec", "parallelism"}).scalar, shards);
  EXPECT_EQ(At(container, {"env", "0", "name"}).scalar, "GTEST_TOTAL_SHARDS");
  const YamlNode& value = At(container, {"env", "0", "value"});
  EXPECT_EQ(value.scalar, shards);
  EXPECT_TRUE(value.quoted) << "Kubernetes takes text alone as an environment variable's value";
  const std::string script = At(container, {"command", "2"}).scalar;
  EXPECT_NE(script.find("GTEST_SHARD_INDEX=\"$JOB_COMPLETION_INDEX\""), std::string::npos);
  EXPECT_EQ(script.find("--allow-effects"), std::string::npos);
}

TEST(CiFiles, GitHubsMatrixHasEveryShardOnce) {
  const auto workflow = Load("github-shards.yaml");
  ASSERT_TRUE(workflow);
  const YamlNode& shards = At(*workflow, {"jobs", "shard", "strategy", "matrix", "shard"});
  EXPECT_EQ(At(*workflow, {"env", "GTEST_TOTAL_SHARDS"}).scalar,
            std::to_string(shards.items.size()));
  for (std::size_t i = 0; i < shards.items.size(); ++i) {
    EXPECT_EQ(shards.items[i].scalar, std::to_string(i));
  }
  EXPECT_EQ(At(*workflow, {"jobs", "shard", "steps", "1", "env", "GTEST_SHARD_INDEX"}).scalar,
            "${{ matrix.shard }}");
  EXPECT_EQ(At(*workflow, {"jobs", "shard", "strategy", "fail-fast"}).scalar, "false");
  EXPECT_EQ(At(*workflow, {"jobs", "report", "needs"}).scalar, "shard");
  EXPECT_EQ(At(*workflow, {"jobs", "report", "env", "GTEST_TOTAL_SHARDS"}).scalar, "1");
}

}  // namespace
}  // namespace conform
