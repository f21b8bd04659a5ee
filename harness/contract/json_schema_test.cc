#include "contract/json_schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Debian's json-schema-test-suite, installed or unpacked by bootstrap.sh.
fs::path SuiteFolder() {
  for (const char* root : {"/usr/share", CONFORM_SOURCE "/build/third_party/usr/share"}) {
    fs::path folder = fs::path(root) / "json-schema-test-suite/tests";
    if (fs::exists(folder)) return folder;
  }
  return {};
}

/// Each test that is answered otherwise than the suite says, as `file: group: test`.
std::string Unsupported(const std::string& draft) {
  std::set<fs::path> files;
  for (const auto& each : fs::directory_iterator(SuiteFolder() / draft)) {
    if (each.path().extension() == ".json") files.insert(each.path());
  }
  std::ostringstream told;
  int tests = 0;
  int kept = 0;
  for (const fs::path& file : files) {
    const json groups = json::parse(std::ifstream(file));
    for (const json& group : groups) {
      const auto schema = JsonSchema::Compile(group["schema"]);
      for (const json& test : group["tests"]) {
        ++tests;
        const bool valid = schema && !(*schema)->Validate(test["data"]);
        if (schema && valid == test["valid"].get<bool>()) {
          ++kept;
          continue;
        }
        told << file.stem().string() << ": " << group["description"].get<std::string>() << ": "
             << (schema ? test["description"].get<std::string>() : schema.error().message) << '\n';
        if (!schema) {
          tests += static_cast<int>(group["tests"].size()) - 1;
          break;
        }
      }
    }
  }
  return told.str() + std::to_string(kept) + " of " + std::to_string(tests) + " tests kept\n";
}

class JsonSchemaSuite : public testing::TestWithParam<std::string> {};

/// What is not supported is listed in testdata/schema/DRAFT.unsupported.
TEST_P(JsonSchemaSuite, IsKeptButForWhatIsListed) {
  ASSERT_FALSE(SuiteFolder().empty()) << "install json-schema-test-suite";
  const std::string told = Unsupported(GetParam());
  const fs::path golden = fs::path(CONFORM_TESTDATA "/schema") / (GetParam() + ".unsupported");
  EXPECT_EQ(told, Golden(golden, told));
}

INSTANTIATE_TEST_SUITE_P(Drafts, JsonSchemaSuite, testing::Values("draft6", "draft7"),
                         [](const auto& param) { return param.param; });

struct SchemaRow {
  std::string name;
  std::string schema;
  std::string value;
  std::string told;  // empty: kept; else `pointer: message`, or why there is no schema
};

class CheckJsonSchema : public testing::TestWithParam<SchemaRow> {};

TEST_P(CheckJsonSchema, TellsWhatBreaks) {
  const auto schema = JsonSchema::Compile(json::parse(GetParam().schema));
  std::string told;
  if (!schema) {
    told = schema.error().message;
  } else if (const auto breach = (*schema)->Validate(json::parse(GetParam().value))) {
    told = breach->pointer + ": " + breach->message;
  }
  EXPECT_EQ(told, GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Schemas, CheckJsonSchema,
    testing::Values(
        SchemaRow{"APatternThatIsMet", R"({"properties":{"a":{"pattern":"^x+$"}}})",
                  R"({"a":"xx"})", ""},
        SchemaRow{"APatternThatIsNotMet", R"({"properties":{"a/b":{"pattern":"^x+$"}}})",
                  R"({"a/b":"y"})",
                  "/a~1b: Target should not validate against schema specified in 'not' "
                  "constraint."},
        SchemaRow{"APatternOfNames", R"({"patternProperties":{"^n":{"type":"number"}}})",
                  R"({"n1":1,"n2":"x"})", "/n2: Value type not permitted by 'type' constraint."},
        SchemaRow{
            "APatternOfNamesBesideOthers",
            R"({"properties":{"a":{}},"patternProperties":{"^n":{}},"additionalProperties":false})",
            R"({"a":1,"n1":2})", ""},
        SchemaRow{"ADateThatIsNone", R"({"format":"date-time"})", R"("2024-13-01T00:00:00Z")",
                  ": Target should not validate against schema specified in 'not' constraint."},
        SchemaRow{"ADate", R"({"format":"date-time"})", R"("2024-12-01T00:00:00.5Z")", ""},
        SchemaRow{"AReferenceToAList", R"({"definitions":{"a":{"items":{"$ref":"#"}}},
            "properties":{"b":{"$ref":"#/definitions/a"}}})",
                  R"({"b":[{"b":[1]}]})", ""},
        SchemaRow{"APatternUnderDefs",
                  R"({"$defs":{"m":{"pattern":"^x+$"}},"items":{"$ref":"#/$defs/m"}})", R"(["y"])",
                  "/0: Target should not validate against schema specified in 'not' constraint."},
        SchemaRow{"APatternThatOnlyAReferenceFinds",
                  R"({"odd":{"m":{"pattern":"^x+$"}},"items":{"$ref":"#/odd/m"}})", R"(["y"])",
                  "/0: Target should not validate against schema specified in 'not' constraint."},
        SchemaRow{"AReferenceToNoSchemaWithoutRoom",
                  R"({"odd":{"m":{}},"definitions":[],"items":{"$ref":"#/odd/m"}})", R"(["y"])",
                  "a '$ref' of the schema leads to what is no schema; put it under definitions"},
        SchemaRow{"ACircle", R"({"definitions":{"a":{"$ref":"#/definitions/b"},
            "b":{"anyOf":[{"$ref":"#/definitions/a"}]}}})",
                  "1", "a '$ref' of the schema leads back to itself"},
        SchemaRow{"NoSuchReference", R"({"$ref":"#/definitions/a"})", "1",
                  "'$ref: #/definitions/a' leads to nothing in the schema"},
        SchemaRow{"NoSchema", "[]", "1", "the schema is none: it must be a mapping"}),
    [](const auto& param) { return param.param.name; });

TEST(JsonSchema, IsRefusedWhereItUnfoldsToMoreThanThereIsTimeFor) {
  json schema = {{"definitions", {{"a0", {{"type", "integer"}}}}}};
  for (int level = 1; level < 40; ++level) {
    const json below = {{"$ref", "#/definitions/a" + std::to_string(level - 1)}};
    schema["definitions"]["a" + std::to_string(level)] = {{"allOf", {below, below}}};
  }
  const auto compiled = JsonSchema::Compile(schema);
  EXPECT_EQ(compiled ? "" : compiled.error().message,
            "the schema unfolds to more than 10000 schemas of one value");
}

TEST(JsonSchema, DoesNotRunAwayOnAHostileText) {
  const auto schema = JsonSchema::Compile(json::parse(R"({"pattern":"^(a+)+$"})"));
  ASSERT_TRUE(schema.has_value());
  EXPECT_TRUE((*schema)->Validate(json(std::string(1'000'000, 'a') + "b")).has_value());
  EXPECT_FALSE((*schema)->Validate(json(std::string(1'000'000, 'a'))).has_value());
}

}  // namespace
}  // namespace conform
