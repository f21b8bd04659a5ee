// The examples of cases/README.md are cases that load.
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "case/case_loader.h"
#include "case/test.h"
#include "testing/golden.h"

namespace conform {
namespace {

constexpr const char* kReadme = CONFORM_SOURCE "/cases/README.md";

std::vector<std::string> Examples() {
  std::vector<std::string> examples;
  std::istringstream lines(ReadTestFile(kReadme));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == "```yaml") examples.emplace_back();
    if (inside && line != "```") examples.back() += line + "\n";
    if (line.rfind("```", 0) == 0) inside = line == "```yaml";
  }
  return examples;
}

TEST(Readme, HasExamplesThatLoadAndAreEvidence) {
  const std::vector<std::string> examples = Examples();
  ASSERT_EQ(examples.size(), 6u);
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(CONFORM_SOURCE "/specs", diagnostics);
  std::vector<Case> cases;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const auto source =
        std::make_shared<SourceText>("example_" + std::to_string(i) + ".yaml", examples[i]);
    auto loaded = LoadCase(source, "example_" + std::to_string(i), diagnostics);
    ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
    cases.push_back(std::move(*loaded));
  }
  PlanTests(cases, catalog, {}, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
}

/// Every key that the published schema knows stands in an example.
TEST(Readme, NamesEveryKeyOfACase) {
  const std::string text = ReadTestFile(kReadme);
  const auto schema = nlohmann::json::parse(
      ReadTestFile(CONFORM_SOURCE "/harness/schemas/case.schema.json"), nullptr, false);
  ASSERT_FALSE(schema.is_discarded());
  std::set<std::string> keys;
  const std::function<void(const nlohmann::json&)> collect = [&](const nlohmann::json& node) {
    if (node.is_object() && node.contains("properties")) {
      for (const auto& [key, unused] : node["properties"].items()) keys.insert(key);
    }
    if (!node.is_structured()) return;
    for (const auto& inner : node) collect(inner);
  };
  collect(schema);
  EXPECT_GT(keys.size(), 40u);
  for (const std::string& key : keys) {
    EXPECT_NE(text.find(key + ":"), std::string::npos) << key << " has no example";
  }
}

}  // namespace
}  // namespace conform
