// Values that fit a schema.
#include "contract/schema_sample.h"

#include <gtest/gtest.h>

#include "base/source_text.h"
#include "base/yaml_as_json.h"
#include "base/yaml_node.h"
#include "contract/json_schema.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// As a contract's file is read, in which JSON may stand.
Json Read(const std::string& text) {
  Diagnostics diagnostics;
  const auto root = ParseYaml(SourceText("schema.yaml", text), diagnostics);
  return root ? ToJson(*root) : Json();
}

TEST(SampleOf, FitsTheSchema) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"type":"string"})", R"("text")"},
      {R"({"type":"string","minLength":6})", R"("textxx")"},
      {R"({"type":"string","maxLength":2})", R"("te")"},
      {R"({"type":"string","format":"date"})", R"("2026-01-15")"},
      {R"({"type":["integer","null"],"minimum":4})", "4"},
      {R"({"type":"number","exclusiveMinimum":2})", "3"},
      {R"({"type":"number","maximum":0.5})", "0.5"},
      {R"({"type":"integer","maximum":-3})", "-3"},
      {R"({"type":"integer","exclusiveMaximum":1})", "0"},
      {R"({"type":"integer","minimum":4,"multipleOf":3})", "6"},
      {R"({"type":"array","minItems":2,"items":{"type":"boolean"}})", "[true,true]"},
      {R"({"enum":["b","a"]})", R"("b")"},
      {R"({"type":"string","example":"x","default":"y"})", R"("x")"},
      {R"({"oneOf":[{"type":"integer"},{"type":"string"}]})", "1"},
      {R"({"type":"object","required":["a"],"properties":{"a":{"type":"integer"},"b":{}}})",
       R"({"a":1})"},
      {R"({"allOf":[{"required":["a"],"properties":{"a":{"const":7}}},{"required":["b"]}]})",
       R"({"a":7,"b":{}})"},
      {R"({"allOf":[{"properties":{"a":{"type":"string"}}},{"required":["a"]}]})",
       R"({"a":"text"})"},
      {R"({"allOf":[{"properties":{"id":{}},"example":{"id":7}},
          {"required":["name"],"properties":{"name":{"type":"string"}}}]})",
       R"({"id":7,"name":"text"})"},
      {R"({"allOf":[{"required":["id"],"properties":{"id":{"type":"integer"}}},
          {"oneOf":[{"required":["cat"],"properties":{"cat":{"type":"string"}}}]}]})",
       R"({"cat":"text","id":1})"},
      {R"({"allOf":[{"type":"integer","minimum":5},{"minimum":1}]})", "5"},
      {R"({"allOf":[{"required":["m"],"properties":{"m":{"required":["x"],"properties":
          {"x":{"type":"integer"}}}}},{"required":["m"],"properties":{"m":{"required":["y"],
          "properties":{"y":{"type":"integer"}}}}}]})",
       R"({"m":{"x":1,"y":1}})"},
      {R"({"allOf":[{"required":["k"],"properties":{"k":{"type":"string"}}},{"required":["k"]}]})",
       R"({"k":"text"})"},
      {R"({"allOf":[{"required":["k"]},{"required":["k"],"properties":{"k":{"type":"string"}}}]})",
       R"({"k":"text"})"},
      {R"({"type":"object","required":["k"],"properties":{"k":{"type":"integer"}},
          "allOf":[{"allOf":[{"required":["k"]}]}]})",
       R"({"k":1})"},
      {R"({"required":["a"],"anyOf":[{"required":["a"]},{"required":["b"]}]})", R"({"a":{}})"},
      {R"({"allOf":[{"required":["k"],"properties":{"k":{"type":["string","object"]}}},
          {"required":["k"],"properties":{"k":{"type":"object","required":["m"],
          "properties":{"m":{"type":"integer"}}}}}]})",
       R"({"k":{"m":1}})"},
      {R"({"type":"integer","minimum":9223372036854775807})", "9223372036854775807"},
      {R"({"type":"integer","minimum":-7,"multipleOf":5})", "-5"},
      {R"({"type":"number","minimum":0.07,"multipleOf":0.01})", "0.07"},
      {R"({"type":"object","minProperties":2,"properties":{"a":{"type":"integer"}}})",
       R"({"a":1,"member1":"text"})"},
      {"true", "{}"},
      {R"({"type":"string","pattern":"^[A-Z]{3}$"})", R"("AAA")"},
      {R"({"type":"string","pattern":"^[a-z]+$"})", R"("text")"},
      {R"({"type":"string","pattern":"^[A-Z]+$","minLength":5})", R"("AAAAA")"},
      {R"({"type":"string","format":"date","pattern":"^2026"})", R"("2026-01-15")"},
      {R"({"type":"string","not":{"enum":["text"]}})", R"("text1")"},
      {R"({"type":"integer","default":"x"})", "1"},
      {R"({"type":"integer","example":"7"})", "7"},
      {R"({"type":"string","example":7})", R"("7")"},
      {R"({"type":["null","string"],"example":7})", R"("7")"},
      {R"({"type":"boolean","default":"false"})", "false"},
      {R"({"type":"number","exclusiveMinimum":0,"maximum":0.5})", "0.25"},
      {R"({"type":"array","items":{"type":"string"},"minItems":3,"uniqueItems":true})",
       R"(["text","text1","text2"])"},
      {R"({"type":"array","items":{"type":"string","maxLength":4},"minItems":2,"uniqueItems":true})",
       R"(["text","tex1"])"},
      {R"({"type":"array","items":{"enum":["a","b"]},"minItems":2,"uniqueItems":true})",
       R"(["a","b"])"},
      {R"({"type":"array","items":{"type":"integer","multipleOf":5},"minItems":2,
          "uniqueItems":true})",
       "[5,10]"},
      {R"({"type":"array","items":{"type":"object","required":["a"],"properties":{"a":
          {"type":"number","minimum":0.5}}},"minItems":2,"uniqueItems":true})",
       R"([{"a":0.5},{"a":1.5}])"},
      {R"({"oneOf":[{"type":"object"},{"type":"object","maxProperties":2},{"type":"integer"}]})",
       "1"},
      {R"({"required":["z"],"properties":{"z":{"type":"integer"}},"anyOf":[{"required":["a"],
          "properties":{"a":{"type":"string"}}},{"required":["b"]}]})",
       R"({"a":"text","z":1})"},
      {R"({"allOf":[{"enum":["a","b"]},{"enum":["b","c"]}]})", R"("b")"},
      {R"({"type":"object","minProperties":2,"additionalProperties":{"type":"integer"}})",
       R"({"member1":1,"member2":1})"},
      {R"({"type":"object","required":["a"],"additionalProperties":{"type":"integer"}})",
       R"({"a":1})"},
  };
  for (const auto& [schema, sample] : rows) {
    EXPECT_EQ(SampleOf(Read(schema)).dump(), sample) << schema;
    const auto compiled = JsonSchema::Compile(Read(schema));
    ASSERT_TRUE(compiled) << schema;
    EXPECT_FALSE((*compiled)->Validate(SampleOf(Read(schema)))) << schema;
  }
}

TEST(SampleOf, TakesNoBoundThatIsNone) {
  EXPECT_EQ(SampleOf(Read("{type: string, minLength: -1, maxLength: 2.5}")), "text");
}

TEST(SampleOf, EndsWhereASchemaAsksForMoreThanFits) {
  Json lists = {{"type", "string"}};
  Json members = lists;
  for (int level = 0; level < 12; ++level) {
    lists = {{"type", "array"}, {"minItems", 100}, {"items", lists}};
    members = {{"required", Json(60, "a")}, {"properties", {{"a", members}}}};
  }
  EXPECT_LT(SampleOf(lists).dump().size(), 1'000'000U);
  EXPECT_LT(SampleOf(members).dump().size(), 1'000U);
}

TEST(FormSampleOf, HasWhatOfAFormIsSent) {
  const auto of = [](const char* schema, const Json& example = nullptr) {
    return FormSampleOf({"multipart/form-data", Json::parse(schema), example}).dump();
  };
  EXPECT_EQ(of(R"({"required": ["t", "n"], "properties": {"t": {"type": "array",
      "items": {"type": "string"}}, "n": {"type": "array", "items": {"type": "integer"},
      "minItems": 2}, "o": {}}})"),
            R"({"n":[1,1],"t":["text"]})");
  EXPECT_EQ(of(R"({"properties": {"a": {"type": "array", "items": {"enum": ["x"]}}, "b": {}}})"),
            R"({"a":["x"]})");
  EXPECT_EQ(of(R"({"required": ["t"]})", {{"t", Json::array()}}), R"({"t":[]})");
  EXPECT_EQ(of(R"({"type": "object", "additionalProperties": {"type": "string"}})"), "{}");
  EXPECT_EQ(of("null"), "{}");
  EXPECT_EQ(
      ExampleText({"application/X-WWW-form-urlencoded",
                   Json::parse(R"({"required": ["t"], "properties": {"t": {"type": "array"}}})"),
                   nullptr}),
      "t=%7B%7D");
}

TEST(ExampleText, IsTheDocumentedOneElseOneByTheSchema) {
  EXPECT_EQ(ExampleText({"application/json", Json{{"type", "integer"}}, 7}), "7");
  EXPECT_EQ(ExampleText({"application/json", Json{{"type", "integer"}}, nullptr}), "1");
  EXPECT_EQ(ExampleText({"application/json", nullptr, nullptr}), "{}");
  EXPECT_EQ(ExampleText({"text/plain", nullptr, "as it is"}), "as it is");
}

}  // namespace
}  // namespace conform
