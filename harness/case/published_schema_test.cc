// The JSON Schemas published for editors agree with the loaders about every shipped file, and see
// mistakes that the loaders see.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "base/yaml_node.h"
#include "contract/json_schema.h"
#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = CONFORM_SOURCE;

std::shared_ptr<const JsonSchema> Published(const std::string& name) {
  const std::string text = ReadTestFile(kSource / "harness/schemas" / (name + ".schema.json"));
  const auto schema = JsonSchema::Compile(nlohmann::json::parse(text, nullptr, false));
  EXPECT_TRUE(schema.has_value()) << name << ": " << schema.error().message;
  return schema.value_or(nullptr);
}

/// What breaks the schema in a file; empty where nothing does, `no YAML` where it cannot be read.
std::string Breach(const JsonSchema& schema, const fs::path& file) {
  Diagnostics diagnostics;
  const SourceText source(file.string(), ReadTestFile(file));
  const auto root = ParseYaml(source, diagnostics);
  if (!root) return "no YAML";
  const auto breach = schema.Validate(ToJson(*root));
  return breach ? breach->pointer + ": " + breach->message : "";
}

std::vector<fs::path> YamlFiles(const fs::path& folder) {
  std::set<fs::path> files;
  for (const auto& each : fs::recursive_directory_iterator(folder)) {
    if (each.path().extension() == ".yaml") files.insert(each.path());
  }
  return {files.begin(), files.end()};
}

struct Shipped {
  std::string schema;
  std::string folder;
};

class PublishedSchema : public testing::TestWithParam<Shipped> {};

TEST_P(PublishedSchema, AcceptsEveryShippedFile) {
  const auto schema = Published(GetParam().schema);
  ASSERT_NE(schema, nullptr);
  int checked = 0;
  for (const fs::path& file : YamlFiles(kSource / GetParam().folder)) {
    const bool deviations = file.filename() == "deviations.yaml";
    const bool protocol = file.parent_path().filename() == "protocol";
    if (deviations != (GetParam().schema == "deviations")) continue;
    if (GetParam().schema == "contract" && protocol) continue;
    EXPECT_EQ(Breach(*schema, file), "") << file;
    ++checked;
  }
  EXPECT_GT(checked, 0);
}

INSTANTIATE_TEST_SUITE_P(Kinds, PublishedSchema,
                         testing::Values(Shipped{"case", "cases"}, Shipped{"deviations", "cases"},
                                         Shipped{"contract", "specs"},
                                         Shipped{"protocol", "specs/protocol"},
                                         Shipped{"profile", "harness/profiles"}),
                         [](const auto& param) { return param.param.schema; });

class PublishedSchemaSees : public testing::TestWithParam<std::string> {};

/// The broken files that need more than a schema are listed: places, names and other files.
TEST_P(PublishedSchemaSees, TheMistakesOfBrokenFiles) {
  const auto schema = Published(GetParam());
  const auto protocol = Published("protocol");
  ASSERT_NE(schema, nullptr);
  ASSERT_NE(protocol, nullptr);
  const fs::path folder = fs::path(CONFORM_TESTDATA) / "broken" / GetParam();
  std::string unseen;
  for (const std::string& stem : YamlStems(folder)) {
    const bool of_protocol = stem.rfind("protocol_", 0) == 0;
    const JsonSchema& used = of_protocol ? *protocol : *schema;
    if (Breach(used, folder / (stem + ".yaml")).empty()) unseen += stem + "\n";
  }
  const fs::path golden = fs::path(CONFORM_TESTDATA "/schema") / (GetParam() + ".unseen");
  EXPECT_EQ(unseen, Golden(golden, unseen));
}

INSTANTIATE_TEST_SUITE_P(Kinds, PublishedSchemaSees, testing::Values("case", "contract", "profile"),
                         [](const auto& param) { return param.param; });

}  // namespace
}  // namespace conform
