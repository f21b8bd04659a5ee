// Schemas of OpenAPI documents: what a contract cannot say makes them allow more, never less.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "page/sample_openapi.h"

namespace conform {
namespace {

struct ReadSchema {
  const char* name;
  const char* version;
  const char* written;  ///< beside it stands #/components/schemas/Node, which holds itself.
  const char* read;
  std::vector<std::string> said;  ///< each of them, and nothing else.
};

void PrintTo(const ReadSchema& row, std::ostream* out) { *out << row.name; }

class OpenApiSchema : public testing::TestWithParam<ReadSchema> {};

TEST_P(OpenApiSchema, IsOneOfItsOwn) {
  const ReadDocument read = ReadOpenApiText(fmt::format(
      R"({{"openapi":"{}","servers":[{{"url":"https://a.example"}}],"paths":{{"/a":{{"get":{{)"
      R"("responses":{{"200":{{"description":"OK","content":{{"application/json":{{)"
      R"("schema":{}}}}}}}}}}}}}}},"components":{{"schemas":{{)"
      R"("Node":{{"properties":{{"up":{{"$ref":"#/components/schemas/Node"}}}}}}}}}}}})",
      GetParam().version, GetParam().written));
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  const ResponseRule& answer = read.contracts[0].contract.responses[0];
  EXPECT_EQ(answer.content[0].schema, nlohmann::json::parse(GetParam().read))
      << answer.content[0].schema;
  std::size_t warnings = 0;
  for (std::size_t at = read.said.find("warning: "); at != std::string::npos;
       at = read.said.find("warning: ", at + 1)) {
    ++warnings;
  }
  EXPECT_EQ(warnings, GetParam().said.size()) << read.said;
  for (const std::string& each : GetParam().said) {
    EXPECT_NE(read.said.find("warning: " + each), std::string::npos) << each << "\n" << read.said;
  }
}

constexpr const char* kHoldsItself =
    "the schema holds itself; below this place anything is allowed";
constexpr const char* kOfAll =
    "`nullable` is taken for the whole schema; since OpenAPI 3.0.3 it adds null to the `type` "
    "beside it alone";

const ReadSchema kReadSchemas[] = {
    {"OneOfOfWholeParts",
     "3.1.0",
     R"({"oneOf":[{"type":"string"},{"type":"null"}]})",
     R"({"oneOf":[{"type":"string"},{"type":"null"}]})",
     {}},
    {"OneOfWithARecursivePart",
     "3.1.0",
     R"({"oneOf":[{"$ref":"#/components/schemas/Node"},{"type":"null"}]})",
     R"({"anyOf":[{"properties":{"up":{}}},{"type":"null"}]})",
     {kHoldsItself, "`oneOf` of a schema is checked as `anyOf`: something in it is left out"}},
    {"OneOfWithALostKeywordBesideAnyOf",
     "3.1.0",
     R"({"anyOf":[{"type":"string"}],"oneOf":[{"pattern":"^(?=a)c"},{"pattern":"^b"}]})",
     R"({"anyOf":[{"type":"string"}]})",
     {"`pattern` of a schema is not checked: ",
      "`oneOf` of a schema is not checked: something in it is left out"}},
    {"AnyOfAndAllOfStay",
     "3.1.0",
     R"({"anyOf":[{"pattern":"^(?=a)c","type":"string"}],"allOf":[{"if":{"type":"string"}}]
})",
     R"({"anyOf":[{"type":"string"}],"allOf":[{"if":{"type":"string"}}]})",
     {"`pattern` of a schema is not checked: "}},
    {"NotOfWhatIsLost",
     "3.1.0",
     R"({"type":"string","not":{"pattern":"^(?=x)c" }
})",
     R"({"type":"string"})",
     {"`pattern` of a schema is not checked: ",
      "`not` of a schema is not checked: something in it is left out"}},
    {"IfOfWhatIsLost",
     "3.1.0",
     R"({"if":{"properties":{"k":{"pattern":"^(?=x)c" }
}
}
, "then" : {"required" : ["z"]}, "else" : false
})",
     R"({})",
     {"`pattern` of a schema is not checked: ",
      "`if` of a schema is not checked: something in it is left out"}},
    {"ThenOfWhatIsLost",
     "3.1.0",
     R"({"if":{"type":"string"},"then":{"pattern":"^(?=x)c" }
})",
     R"({"if":{"type":"string"},"then":{}})",
     {"`pattern` of a schema is not checked: "}},
    {"Tuple",
     "3.1.0",
     R"({"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false})",
     R"({"type":"array"})",
     {"`prefixItems` of a schema is not checked",
      "`items` of a schema is not checked: `prefixItems` beside it is left out"}},
    {"TupleInANot",
     "3.1.0",
     R"({"not":{"prefixItems":[{"type":"string"}]}})",
     R"({})",
     {"`prefixItems` of a schema is not checked",
      "`not` of a schema is not checked: something in it is left out"}},
    {"ListOfItems",
     "3.1.0",
     R"({"items":[{"type":"string"}]})",
     R"({"items":{}})",
     {"no schema stands here; anything is allowed"}},
    {"OneOfOfNoList",
     "3.1.0",
     R"({"oneOf":{"type":"string"},"anyOf":[]})",
     R"({})",
     {"`oneOf` of a schema holds no schemas; it is not checked",
      "`anyOf` of a schema holds no schemas; it is not checked"}},
    {"NoneNeedBeContained",
     "3.1.0",
     R"({"contains":{"type":"string"},"minContains":0})",
     R"({})",
     {"`minContains` of a schema is not checked",
      "`contains` of a schema is not checked: `minContains` beside it is left out"}},
    {"TwoMustBeContained",
     "3.1.0",
     R"({"contains":{"type":"string"},"minContains":2})",
     R"({"contains":{"type":"string"}})",
     {"`minContains` of a schema is not checked"}},
    {"OtherNamesThanALostPattern",
     "3.1.0",
     R"({"patternProperties":{"^(?=a)c" : {}, "^b" : {}},
    "additionalProperties" : false
})",
     R"({"patternProperties":{"^b":{}}})",
     {"`patternProperties` of a schema is not checked: ",
      "`additionalProperties` of a schema is not checked: `patternProperties` beside it is left "
      "out"}},
    {"NullableType",
     "3.0.3",
     R"({"type":"string","enum":["a"],"nullable":true})",
     R"({"type":["string","null"],"enum":["a",null]})",
     {}},
    {"NullableOfAll",
     "3.0.1",
     R"({"nullable":true,"allOf":[{"type":"object"}],"example":{"a":1}})",
     R"({"anyOf":[{"allOf":[{"type":"object"}]},{"type":"null"}],"example":{"a":1}})",
     {}},
    {"NullableOfAllAndType",
     "3.0.1",
     R"({"nullable":true,"type":"object","allOf":[{"type":"object"}]})",
     R"({"anyOf":[{"type":["object","null"],"allOf":[{"type":"object"}]},{"type":"null"}]})",
     {}},
    {"NullableWithoutType",
     "3.0.3",
     R"({"nullable":true,"allOf":[{"type":"object"}]})",
     R"({"anyOf":[{"allOf":[{"type":"object"}]},{"type":"null"}]})",
     {kOfAll}},
    {"NullableOfAnything",
     "3.0.3",
     R"({"nullable":true,"description":"what is kept"})",
     R"({})",
     {}},
    {"NullableOfOneThatIs",
     "3.0.3",
     R"({"nullable":true,"allOf":[{"type":"object","nullable":true}]})",
     R"({"allOf":[{"type":["object","null"]}]})",
     {}},
};

INSTANTIATE_TEST_SUITE_P(Rows, OpenApiSchema, testing::ValuesIn(kReadSchemas),
                         [](const auto& row) { return row.param.name; });

/// An answer whose members are eight schemas that hold one another, and after them one of its own.
std::string DocumentOfSchemasInEachOther() {
  std::string schemas;
  std::string members;
  for (int i = 0; i < 8; ++i)
    members += fmt::format(R"("r{0}":{{"$ref":"#/components/schemas/S{0}"}},)", i);
  for (int i = 0; i < 8; ++i) {
    schemas += fmt::format(
        R"("S{}":{{"type":"object","properties":{{{}"kind":{{"type":"string"}}}}}},)", i, members);
  }
  return fmt::format(
      R"({{"openapi":"3.0.3","servers":[{{"url":"https://a.example"}}],"paths":{{"/a":{{"get":{{)"
      R"("responses":{{"200":{{"description":"OK","content":{{"application/json":{{"schema":)"
      R"({{"type":"object","properties":{{{}"status":{{"type":"string","enum":["open"]}}}}}})"
      R"(}}}}}}}}}}}}}},"components":{{"schemas":{{{}"T":{{}}}}}}}})",
      members, schemas);
}

TEST(OpenApiSchemaOfManyParts, IsReadNearTheValueFirst) {
  const ReadDocument read = ReadOpenApiText(DocumentOfSchemasInEachOther());
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  const nlohmann::json schema = read.contracts[0].contract.responses[0].content[0].schema;
  const nlohmann::json text = {{"type", "string"}};
  EXPECT_EQ(schema["/properties/status/enum/0"_json_pointer], "open");
  EXPECT_EQ(schema["/properties/r7/properties/kind"_json_pointer], text);
  EXPECT_EQ(schema["/properties/r7/properties/r0/properties/kind"_json_pointer], text);
  EXPECT_NE(read.said.find("the schema has more than 2000 parts, or 40 levels; where it is "
                           "deepest, here and elsewhere, anything is allowed"),
            std::string::npos)
      << read.said;
}

}  // namespace
}  // namespace conform
