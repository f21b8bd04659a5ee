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
  } else {
    for (const SchemaBreach& each : (*schema)->Judge(json::parse(GetParam().value)).kinds) {
      told += (told.empty() ? "" : "; ") + each.pointer + ": " + each.message;
      if (each.more > 0) told += " and " + std::to_string(each.more) + " more";
    }
  }
  EXPECT_EQ(told, GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Schemas, CheckJsonSchema,
    testing::Values(
        SchemaRow{"APatternThatIsMet", R"({"properties":{"a":{"pattern":"^x+$"}}})",
                  R"({"a":"xx"})", ""},
        SchemaRow{"APatternThatIsNotMet", R"({"properties":{"a/b":{"pattern":"^x+$"}}})",
                  R"({"a/b":"y"})", "/a~1b: a match of '^x+$'"},
        SchemaRow{"APatternOfNames", R"({"patternProperties":{"^n":{"type":"number"}}})",
                  R"({"n1":1,"n2":"x"})", "/n2: type number"},
        SchemaRow{
            "APatternOfNamesBesideOthers",
            R"({"properties":{"a":{}},"patternProperties":{"^n":{}},"additionalProperties":false})",
            R"({"a":1,"n1":2})", ""},
        SchemaRow{"ADateThatIsNone", R"({"format":"date-time"})", R"("2024-13-01T00:00:00Z")",
                  ": format date-time"},
        SchemaRow{"ADate", R"({"format":"date-time"})", R"("2024-12-01T00:00:00.5Z")", ""},
        SchemaRow{"ADayThatIsNone", R"({"format":"date"})", R"("2023-02-29")", ": format date"},
        SchemaRow{"ANumberTooLargeForItsFormat", R"({"format":"int32"})", "2147483648",
                  ": format int32"},
        SchemaRow{"AReferenceBelowAnotherBase",
                  R"({"properties":{"a":{"$id":"http://x.test/o.json","properties":
                      {"b":{"$ref":"#/definitions/n"}}}},"definitions":{"n":{}}})",
                  "1",
                  "a '$ref' within the schema whose '$id' is 'http://x.test/o.json' means a place "
                  "in that one; leave the '$id' out and write the place from the root"},
        SchemaRow{"AnotherBaseWithoutReferences",
                  R"({"$id":"http://x.test/","items":{"$id":"#a","$ref":"#/definitions/n"},
                      "definitions":{"n":{"$id":"http://x.test/n","type":"null"}}})",
                  "[null]", ""},
        SchemaRow{"AReferenceToAList", R"({"definitions":{"a":{"items":{"$ref":"#"}}},
            "properties":{"b":{"$ref":"#/definitions/a"}}})",
                  R"({"b":[{"b":[1]}]})", ""},
        SchemaRow{"APatternUnderDefs",
                  R"({"$defs":{"m":{"pattern":"^x+$"}},"items":{"$ref":"#/$defs/m"}})", R"(["y"])",
                  "/0: a match of '^x+$'"},
        SchemaRow{"APatternThatOnlyAReferenceFinds",
                  R"({"odd":{"m":{"pattern":"^x+$"}},"items":{"$ref":"#/odd/m"}})", R"(["y"])",
                  "/0: a match of '^x+$'"},
        SchemaRow{"AReferenceToNoSchemaWithoutRoom",
                  R"({"odd":{"m":{}},"definitions":[],"items":{"$ref":"#/odd/m"}})", R"(["y"])",
                  "a '$ref' of the schema leads to what is no schema; put it under definitions"},
        SchemaRow{"ACircle", R"({"definitions":{"a":{"$ref":"#/definitions/b"},
            "b":{"anyOf":[{"$ref":"#/definitions/a"}]}}})",
                  "1", "a '$ref' of the schema leads back to itself"},
        SchemaRow{"NoSuchReference", R"({"$ref":"#/definitions/a"})", "1",
                  "'$ref: #/definitions/a' leads to nothing in the schema"},
        SchemaRow{"TheFirstOfSeveralPlaces", R"({"items":{"type":"string"}})", "[1,\"a\",2,3]",
                  "/0: type string and 2 more"},
        SchemaRow{"AMemberThatIsMissedBesideAWrongOne",
                  R"({"properties":{"a":{"type":["string","null"]}},"required":["b"]})",
                  R"({"a":1})", "/a: type string or null; /b: a required member"},
        SchemaRow{"SeveralPlacesOfSeveralKinds",
                  R"({"items":{"required":["k"],"properties":{"id":{"type":"string"}}}})",
                  R"([{"id":1,"k":0},{"id":"x"},{"id":2}])",
                  "/0/id: type string and 1 more; /1/k: a required member and 1 more"},
        SchemaRow{"AMemberThatIsMissed", R"({"required":["a","b","c"]})", R"({"a":1})",
                  "/b: a required member; /c: a required member"},
        SchemaRow{"WhatElseIsBrokenBesideAMember",
                  R"({"allOf":[{"properties":{"a":{"type":"string"}}}],"properties":{"a":{}},
                      "not":{"required":["a"]},"oneOf":[{"type":"object"},{"minProperties":1}]})",
                  R"({"a":1})", "/a: type string; : anything but what the schema of its not says"},
        SchemaRow{"AMemberThatEachChoiceMisses",
                  R"({"anyOf":[{"required":["a"]},{"required":["b"]}]})", "{}",
                  ": what one schema of its anyOf says"},
        SchemaRow{"AMemberTooMany", R"({"properties":{"a":{}},"additionalProperties":false})",
                  R"({"a":1,"b":1})", "/b: nothing at all"},
        SchemaRow{"AMemberBesideAnother", R"({"dependencies":{"a":["b"]}})", R"({"a":1})",
                  "/b: a required member"},
        SchemaRow{"TooFewItems", R"({"minItems":1})", "[]", ": at least 1 item"},
        SchemaRow{"TooManyCharacters", R"({"maxLength":2})", R"("äöü")", ": at most 2 characters"},
        SchemaRow{"NoneOfTheValues", R"({"enum":["a",1]})", "2", R"(: one of ["a",1])"},
        SchemaRow{"NoMultiple", R"({"items":{"multipleOf":0.01}})", "[19.99,19.995]",
                  "/1: a multiple of 0.01"},
        SchemaRow{"AnItemAgain", R"({"uniqueItems":true})",
                  R"([1,{"a":1,"b":[]},2,{"b":[],"a":1.0}])",
                  "/3: no item that equals one before it"},
        SchemaRow{"ItemsThatDiffer", R"({"uniqueItems":true})", R"([1,"1",[1],{"a":1},true,null])",
                  ""},
        SchemaRow{"NoneOfSeveralSchemas", R"({"anyOf":[{"type":"null"},{"type":"string"}]})", "1",
                  ": what one schema of its anyOf says"},
        SchemaRow{"TheNearestOfSeveralSchemas",
                  R"({"oneOf":[{"type":"null"},{"properties":{"a":{"type":"string"}}}]})",
                  R"({"a":1})", "/a: type string"},
        SchemaRow{"TwoOfSeveralSchemas", R"({"oneOf":[{},{}]})", "1",
                  ": what one schema of its oneOf says alone"},
        SchemaRow{"OfSeveralThatWhichFitsFurthestDown",
                  R"({"anyOf":[{"properties":{"averyveryverylongname":{"type":"null"}}},
                               {"properties":{"a":{"properties":{"b":{"type":"null"}}}}}]})",
                  R"({"a":{"b":1},"averyveryverylongname":1})", "/a/b: type null"},
        SchemaRow{"NoSchema", "[]", "1", "the schema is none: it must be a mapping"}),
    [](const auto& param) { return param.param.name; });

TEST(JsonSchema, IsRefusedWhereReferencesLeadOnWithoutEnd) {
  json schema = {{"$ref", "#/definitions/a0"}};
  for (int i = 0; i < 20'000; ++i) {
    schema["definitions"]["a" + std::to_string(i)] = {
        {"$ref", "#/definitions/a" + std::to_string(i + 1)}};
  }
  schema["definitions"]["a20000"] = true;
  const auto compiled = JsonSchema::Compile(schema);
  EXPECT_EQ(compiled ? "" : compiled.error().message,
            "more than 200 schemas of one value lead from one to the next");
}

/// Quotes around a number are an easy slip: it would be kept by all, or by none.
TEST(JsonSchema, IsRefusedWhereAKeywordHasAnArgumentOfAnotherKind) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"properties":{"a":{"maxLength":"5"}}})",
       "'maxLength' takes a whole number of 0 or more, not \"5\""},
      {R"({"minItems":-1})", "'minItems' takes a whole number of 0 or more, not -1"},
      {R"({"minItems":1.5})", "'minItems' takes a whole number of 0 or more, not 1.5"},
      {R"({"maximum":"5"})", "'maximum' takes a number, not \"5\""},
      {R"({"exclusiveMinimum":true})", "'exclusiveMinimum' takes a number, not true"},
      {R"({"multipleOf":0})", "'multipleOf' takes a number above 0, not 0"},
      {R"({"multipleOf":"2"})", "'multipleOf' takes a number above 0, not \"2\""},
      {R"({"uniqueItems":"true"})", "'uniqueItems' takes true or false, not \"true\""},
      {R"({"additionalProperties":"false"})",
       "'additionalProperties' takes a schema, not \"false\""},
      {R"({"items":"false"})", "'items' takes a schema or a list of them, not \"false\""},
      {R"({"anyOf":[]})", "'anyOf' takes a list of schemas, not []"},
      {R"({"required":true})", "'required' takes a list of names, not true"},
      {R"({"type":"text"})",
       "'type' takes array, boolean, integer, null, number, object, string or a list of these, not "
       "\"text\""},
      {R"({"$ref":7})", "'$ref' takes a text, not 7"}};
  for (const auto& [schema, told] : rows) {
    const auto compiled = JsonSchema::Compile(json::parse(schema));
    EXPECT_EQ(compiled ? "" : compiled.error().message, std::string("the schema is none: ") + told);
  }
}

}  // namespace
}  // namespace conform
