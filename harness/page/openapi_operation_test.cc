// What an operation of an OpenAPI document asks of a call: its server, parameters and sign-in.
#include "page/openapi_operation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "page/sample_openapi.h"

namespace conform {
namespace {

TEST(OpenApiOperation, ServersVariablesHaveTheirDefaultElseTheirFirstChoice) {
  const ReadDocument read = ReadOpenApiText(
      "openapi: 3.0.3\n"
      "servers: [{url: 'https://{h}.example:{port}/{v}', variables: {h: {enum: [eu, us]},\n"
      "  port: {default: 8443}, v: {default: v2, enum: [v1, v2]}}}]\n"
      "paths: {/a: {get: {responses: {'200': {description: OK}}}}}\n",
      "yaml");
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  EXPECT_EQ(read.contracts[0].contract.server, "https://eu.example:8443/v2");
}

/// Whatever the case of their letters.
TEST(OpenApiOperation, FieldsThatCarryTheMessageAreNoParameters) {
  std::string parameters;
  const std::vector<std::string> left_out = {"Host", "content-length", "Transfer-Encoding",
                                             "Connection", "Cookie"};
  for (const std::string& name : left_out) {
    parameters += fmt::format(
        R"({{"name":"{}","in":"header","required":true,"schema":{{"type":"string"}}}},)", name);
  }
  const ReadDocument read = ReadOpenApiText(fmt::format(
      R"({{"openapi":"3.1.0","servers":[{{"url":"https://a.example"}}],"paths":{{"/a":{{"get":{{)"
      R"("parameters":[{}{{"name":"User-Agent","in":"header"}},{{"name":"Host","in":"query"}}],)"
      R"("responses":{{"200":{{"description":"OK"}}}}}}}}}}}})",
      parameters));
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  std::vector<std::string> names;
  for (const Parameter& each : read.contracts[0].contract.parameters) names.push_back(each.name);
  EXPECT_EQ(names, (std::vector<std::string>{"User-Agent", "Host"}));
  for (const std::string& name : left_out) {
    EXPECT_NE(read.said.find(
                  fmt::format("parameter '{}' is left out: the field carries the message", name)),
              std::string::npos)
        << read.said;
  }
}

/// A document of one operation that is let in by any of `ways`.
ReadDocument ReadSecured(const std::string& ways) {
  return ReadOpenApiText(fmt::format(
      R"({{"openapi":"3.1.0","servers":[{{"url":"https://a.example"}}],"paths":{{"/a":{{"get":{{)"
      R"("security":[{}],"responses":{{"200":{{"description":"OK"}}}}}}}}}},"components":{{)"
      R"("securitySchemes":{{"digest":{{"type":"http","scheme":"digest"}},)"
      R"("bearer":{{"type":"http","scheme":"bearer"}},"mutual":{{"type":"mutualTLS"}},)"
      R"("key":{{"type":"apiKey","in":"header","name":"X-Key"}}}}}}}})",
      ways));
}

TEST(OpenApiOperation, OfWaysToBeLetInTheFirstThatCanBeSentIsTaken) {
  struct {
    const char* ways;
    bool bearer;
    bool key;
    const char* said;
  } const rows[] = {
      {R"({"digest":[]},{"bearer":[]})", true, false, "this other way to be let in is left out"},
      {R"({"mutual":[],"key":[]},{"gone":[]},{"key":[]})", false, true, "is named 'gone'"},
      {R"({"key":[]},{"bearer":[]})", false, true, "this other way to be let in is left out"},
      {R"({"digest":[]},{"mutual":[]})", false, false, "'digest' is not supported"},
  };
  for (const auto& row : rows) {
    const ReadDocument read = ReadSecured(row.ways);
    ASSERT_EQ(read.contracts.size(), 1U) << read.said;
    const Contract& contract = read.contracts[0].contract;
    EXPECT_EQ(contract.FindHeader("Authorization") != nullptr, row.bearer) << row.ways;
    EXPECT_EQ(contract.FindParameter("X-Key") != nullptr, row.key) << row.ways;
    EXPECT_NE(read.said.find(row.said), std::string::npos) << row.ways << read.said;
  }
}

}  // namespace
}  // namespace conform
