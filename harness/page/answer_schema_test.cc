// Whether the first case of an operation judges its answer's schema, and what import says where it
// does not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "page/sample_openapi.h"
#include "page/scaffold.h"

namespace conform {
namespace {

struct ScaffoldedAnswer {
  const char* name;
  const char* content;    ///< of the document's answer.
  const char* response;   ///< the case's, behind its status.
  const char* said = "";  ///< by import.
};

void PrintTo(const ScaffoldedAnswer& row, std::ostream* out) { *out << row.name; }

class ScaffoldedAnswerOf : public testing::TestWithParam<ScaffoldedAnswer> {};

TEST_P(ScaffoldedAnswerOf, IsHeldAgainstItsSchemaOrSaysWhyNot) {
  const ReadDocument read = ReadOpenApiText(
      fmt::format("openapi: 3.1.0\nservers: [{{url: https://a.example}}]\npaths:\n  /a:\n    get: "
                  "{{responses: {{'200': {{description: OK, content: {}}}}}}}\n",
                  GetParam().content),
      "yaml");
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  const std::string text = ScaffoldCases(read.contracts.front().contract, "").front().text;
  const std::string before = "  status: 200\n";
  const std::size_t status = text.find(before);
  ASSERT_NE(status, std::string::npos) << text;
  EXPECT_EQ(text.substr(status + before.size()), GetParam().response);
  const bool asks = text.find("Accept: application/json") != std::string::npos;
  EXPECT_EQ(asks, std::string_view(GetParam().name).starts_with("AnyType")) << text;
  if (*GetParam().said == '\0') {
    EXPECT_EQ(read.said, "");
  } else {
    EXPECT_NE(read.said.find(GetParam().said), std::string::npos) << read.said;
  }
}

TEST(OpenApi, WarnsOfAHeaderFieldWhoseSchemaIsNotJudged) {
  const auto said = [](const char* schema) {
    return ReadOpenApiText(
               fmt::format("openapi: 3.1.0\nservers: [{{url: https://a.example}}]\npaths:\n  /a:\n"
                           "    get:\n      responses:\n        '200':\n          description: OK\n"
                           "          headers: {{X-Total: {{schema: {}}}}}\n",
                           schema),
               "yaml")
        .said;
  };
  EXPECT_EQ(said("{type: string, description: So many, example: a}"), "");
  EXPECT_EQ(said("{}"), "");
  for (const char* schema : {"{type: integer}", "{type: string, enum: [a]}",
                             "{type: string, format: uri}", "{enum: [a]}"}) {
    EXPECT_NE(
        said(schema).find(":9:39: warning: no answer is held against the schema of X-Total\n"),
        std::string::npos)
        << schema << ": " << said(schema);
  }
}

constexpr const char* kOfContract = "  body: {schema: contract}\n";

constexpr ScaffoldedAnswer kAnswers[] = {
    {"Pattern", "{application/json: {schema: {type: string, pattern: '^[A-Z]{3}$'}}}", kOfContract},
    {"NumberForText",
     "{application/json: {schema: {properties: {a: {type: string, example: 7}}, "
     "required: [a], type: object}}}",
     kOfContract},
    {"AnyTypeOfObject", "{'*/*': {schema: {type: object}}}", kOfContract},
    {"TextOfAnyType", "{'*/*': {schema: {type: string}}}",
     "  # The contract's schema is not judged: what comes as */* need not be JSON.\n",
     "against its schema: what comes as */* need not be JSON\n"},
    {"OtherType", "{application/xml: {schema: {type: object}}}", ""},
    {"NoSchema", "{application/json: {}}", ""},
    {"ExampleThatBreaksIt", "{application/json; v=1: {schema: {type: integer}, example: a}}",
     "  # The contract's schema is not judged: the document's example breaks it, as a whole: type "
     "integer.\n",
     ":5:90: warning: a first case does not hold the answer against its schema: the document's "
     "example breaks it, as a whole: type integer\n"},
    {"NothingThatFits", "{application/json: {schema: {type: string, pattern: '(a)\\bb'}}}",
     "  # The contract's schema is not judged: no value that fits it could be made up; an example "
     "is "
     "missing.\n",
     "no value that fits it could be made up; an example is missing\n"},
    {"Placeholder", "{application/json: {schema: {type: string, enum: ['${a}']}}}", kOfContract},
};

INSTANTIATE_TEST_SUITE_P(Answers, ScaffoldedAnswerOf, testing::ValuesIn(kAnswers),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
