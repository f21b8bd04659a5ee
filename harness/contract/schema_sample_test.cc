// Values that fit a schema.
#include "contract/schema_sample.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

using Json = nlohmann::json;

TEST(SampleOf, FitsTheSchema) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({"type":"string"})", R"("text")"},
      {R"({"type":"string","minLength":6})", R"("textxx")"},
      {R"({"type":"string","maxLength":2})", R"("te")"},
      {R"({"type":"string","format":"date"})", R"("2026-01-15")"},
      {R"({"type":["integer","null"],"minimum":4})", "4"},
      {R"({"type":"number","exclusiveMinimum":2})", "3.0"},
      {R"({"type":"array","minItems":2,"items":{"type":"boolean"}})", "[true,true]"},
      {R"({"enum":["b","a"]})", R"("b")"},
      {R"({"type":"string","example":"x","default":"y"})", R"("x")"},
      {R"({"oneOf":[{"type":"integer"},{"type":"string"}]})", "1"},
      {R"({"type":"object","required":["a"],"properties":{"a":{"type":"integer"},"b":{}}})",
       R"({"a":1})"},
      {R"({"allOf":[{"required":["a"],"properties":{"a":{"const":7}}},{"required":["b"]}]})",
       R"({"a":7,"b":{}})"},
      {"true", "{}"},
  };
  for (const auto& [schema, sample] : rows) {
    EXPECT_EQ(SampleOf(Json::parse(schema)).dump(), sample) << schema;
  }
}

TEST(ExampleText, IsTheDocumentedOneElseOneByTheSchema) {
  EXPECT_EQ(ExampleText({"application/json", Json{{"type", "integer"}}, 7}), "7");
  EXPECT_EQ(ExampleText({"application/json", Json{{"type", "integer"}}, nullptr}), "1");
  EXPECT_EQ(ExampleText({"application/json", nullptr, nullptr}), "{}");
  EXPECT_EQ(ExampleText({"text/plain", nullptr, "as it is"}), "as it is");
}

}  // namespace
}  // namespace conform
