// Which first cases an OpenAPI document's operations get.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>

#include "page/sample_openapi.h"
#include "page/scaffold.h"

namespace conform {
namespace {

/// Only what the document promises is tried.
TEST(OpenApi, ScaffoldsPromisedRefusalsAlone) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / "loans.yaml");
  std::map<std::string, std::string> names;
  for (const OpenApiContract& each : read.contracts) {
    for (const CaseFile& file : ScaffoldCases(each.contract, ""))
      names[each.contract.operation] += file.name + " ";
  }
  EXPECT_EQ(names["town_library.listLoans"],
            "documented_request.yaml without_authorization.yaml without_branch.yaml ");
  EXPECT_EQ(names["town_library.createLoan"],
            "documented_request.yaml without_authorization.yaml ");
  EXPECT_EQ(names["town_library.loans.get"], "documented_request.yaml ");
}

/// The text of an operation's documented_request.yaml.
std::string DocumentedCaseOf(const Contract& contract) {
  for (const CaseFile& file : ScaffoldCases(contract, "")) {
    if (file.name == "documented_request.yaml") return file.text;
  }
  return "";
}

TEST(OpenApi, ScaffoldHoldsTheAnswerAgainstTheDocumentsSchema) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / "loans.yaml");
  const auto found =
      std::find_if(read.contracts.begin(), read.contracts.end(), [](const OpenApiContract& each) {
        return each.contract.operation == "town_library.loans.get";
      });
  ASSERT_NE(found, read.contracts.end());
  const std::string schema = "  body: {schema: contract}\n";
  EXPECT_NE(DocumentedCaseOf(found->contract).find(schema), std::string::npos)
      << DocumentedCaseOf(found->contract);
  const auto without = [&](const std::function<void(MediaContent&)>& change) {
    Contract changed = found->contract;
    for (ResponseRule& rule : changed.responses) {
      for (MediaContent& content : rule.content) change(content);
    }
    return DocumentedCaseOf(changed).find("schema: contract") == std::string::npos;
  };
  EXPECT_FALSE(without([](MediaContent&) {}));
  EXPECT_TRUE(without([](MediaContent& content) { content.media_type = "text/plain"; }));
  EXPECT_TRUE(without([](MediaContent& content) { content.schema = nullptr; }));
  EXPECT_TRUE(without([](MediaContent& content) { content.example = {{"id", 7}}; }));
  EXPECT_TRUE(without([](MediaContent& content) { content.schema["pattern"] = "(?=a)"; }));
  EXPECT_FALSE(without([](MediaContent& content) { content.schema["title"] = "${token}"; }));
}

struct ScaffoldedApi {
  const char* file;
  const char* operation;
  const char* cases;
};

class ScaffoldOf : public testing::TestWithParam<ScaffoldedApi> {};

TEST_P(ScaffoldOf, TriesEachRefusalThatIsPromised) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / GetParam().file);
  std::string cases;
  for (const OpenApiContract& each : read.contracts) {
    if (each.contract.operation != GetParam().operation) continue;
    for (const CaseFile& file : ScaffoldCases(each.contract, ""))
      cases += file.name.substr(0, file.name.find('.')) + " ";
  }
  EXPECT_EQ(cases, GetParam().cases);
}

constexpr ScaffoldedApi kScaffolded[] = {
    {"parking.yaml", "city_parking.listGarages",
     "documented_request without_x_parking_key without_district without_x_region "},
    {"parking.yaml", "city_parking.getGarage", "documented_request without_key "},
    {"parking.yaml", "city_parking.bookPlace",
     "documented_request without_x_parking_key without_visit other_media_type "},
    {"photos.yaml", "photo_archive.photos.add",
     "documented_request without_photo_session other_media_type "},
    {"photos.yaml", "photo_archive.photos.get", "documented_request without_photo_session "},
    {"notes.json", "shared_notes.notes.read", "documented_request without_authorization "},
    {"notes.json", "shared_notes.notes.change",
     "documented_request without_authorization without_if_match other_media_type "
     "false_precondition "},
};

INSTANTIATE_TEST_SUITE_P(Rows, ScaffoldOf, testing::ValuesIn(kScaffolded), [](const auto& row) {
  std::string name = row.param.operation;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

struct SentContent {
  const char* name;
  const char* method;
  const char* content;    ///< what stands beside its media type.
  const char* responses;  ///< beside 200.
  const char* cases;
  const char* body;  ///< of the first.
};

void PrintTo(const SentContent& row, std::ostream* out) { *out << row.name; }

class ScaffoldOfContent : public testing::TestWithParam<SentContent> {};

TEST_P(ScaffoldOfContent, SendsWhatIsMeantAndTriesWhatIsNamed) {
  const ReadDocument read = ReadOpenApiText(
      fmt::format(
          "openapi: 3.1.0\nservers: [{{url: https://a.example}}]\npaths:\n  /a:\n    {}: "
          "{{requestBody: {{content: {{application/json: {{schema: {{type: object, "
          "properties: {{a: {{}}}}}}}}}}{}}}, responses: {{'200': {{description: OK}}, {}}}}}\n",
          GetParam().method, GetParam().content, GetParam().responses),
      "yaml");
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  const auto files = ScaffoldCases(read.contracts.front().contract, "");
  std::string cases;
  for (const CaseFile& file : files) cases += file.name.substr(0, file.name.find('.')) + " ";
  EXPECT_EQ(cases, GetParam().cases);
  const std::string& text = files.front().text;
  const std::size_t body = text.find("  body: ") + 8;
  EXPECT_EQ(text.substr(body, text.find('\n', body) - body), GetParam().body) << text;
}

constexpr const char* kNamed = "'415': {description: no}";
constexpr SentContent kSentContents[] = {
    {"NamedRefusal", "post", ", required: true", kNamed, "documented_request other_media_type ",
     "{json: {}}"},
    {"RefusalOfAnyError", "post", ", required: true", "default: {description: no}",
     "documented_request ", "{json: {}}"},
    {"RefusalOfAClass", "post", ", required: true", "4XX: {description: no}", "documented_request ",
     "{json: {}}"},
    {"OptionalOfAPost", "post", "", kNamed, "documented_request other_media_type ", "{json: {}}"},
    {"OptionalOfAGet", "get", "", kNamed, "documented_request other_media_type ", "none"},
    {"RequiredOfAGet", "get", ", required: true", "default: {description: no}",
     "documented_request ", "{json: {}}"},
};

INSTANTIATE_TEST_SUITE_P(Rows, ScaffoldOfContent, testing::ValuesIn(kSentContents),
                         [](const auto& row) { return row.param.name; });

struct RefusedCall {
  const char* name;
  const char* security;   ///< the scheme.
  const char* responses;  ///< beside 200.
  const char* clauses;    ///< of the case without it.
  const char* response;
};

void PrintTo(const RefusedCall& row, std::ostream* out) { *out << row.name; }

class RefusalWithoutToken : public testing::TestWithParam<RefusedCall> {};

TEST_P(RefusalWithoutToken, ExpectsAllThatIsPromisedOfIt) {
  const ReadDocument read = ReadOpenApiText(fmt::format(
      R"({{"openapi": "3.1.0", "info": {{"title": "desk", "version": "1"}},
          "servers": [{{"url": "https://desk.example"}}], "security": [{{"s": []}}],
          "components": {{"securitySchemes": {{"s": {}}}}},
          "paths": {{"/a": {{"get": {{"operationId": "a", "responses": {{
            "200": {{"description": "ok"}}, {}}}}}}}}}}})",
      GetParam().security, GetParam().responses));
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  std::string without;
  for (const CaseFile& file : ScaffoldCases(read.contracts.front().contract, "")) {
    if (file.name.starts_with("without_")) without += file.text;
  }
  const auto part = [&](std::string_view from, std::string_view to) {
    const std::size_t begin = std::min(without.find(from), without.size());
    return without.substr(begin, without.find(to, begin) - begin);
  };
  EXPECT_EQ(part("clauses: ", "\n"), GetParam().clauses) << without;
  EXPECT_EQ(part("response:\n", "~"), GetParam().response) << without;
}

constexpr const char* kBearer = R"({"type": "http", "scheme": "bearer"})";
constexpr const char* kKey = R"({"type": "apiKey", "in": "header", "name": "K"})";
constexpr const char* kHeld401 = "response:\n  status: 401\n  body: {schema: contract}\n";
constexpr const char* kProblem = R"({"description": "no", "content": {"application/problem+json":
    {"schema": {"type": "object", "required": ["title"]}}}})";

std::string Promised(std::initializer_list<const char*> statuses) {
  std::string responses;
  for (const char* status : statuses) {
    responses += fmt::format(R"({}"{}": {})", responses.empty() ? "" : ", ", status, kProblem);
  }
  return responses;
}

const std::string kUnauthorizedAlone = Promised({"401"});
const std::string kBoth = Promised({"401", "403"});
const std::string kForbiddenAlone = Promised({"403"});
const std::string kAnyRefusal = Promised({"4XX"});
const RefusedCall kRefusedCalls[] = {
    {"Unauthorized", kBearer, kUnauthorizedAlone.c_str(),
     "clauses: [a.authorization, a.response.401]", kHeld401},
    {"WithoutItsKey", kKey, kUnauthorizedAlone.c_str(), "clauses: [a.key, a.response.401]",
     kHeld401},
    {"UnauthorizedOrForbidden", kBearer, kBoth.c_str(),
     "clauses: [a.authorization, a.response.401]", kHeld401},
    {"Forbidden", kBearer, kForbiddenAlone.c_str(), "clauses: [a.authorization, a.response.403]",
     "response:\n  status: 403\n  body: {schema: contract}\n"},
    {"WhateverRefusal", kBearer, kAnyRefusal.c_str(), "clauses: [a.authorization, a.response.4xx]",
     "response:\n  status: 4xx\n  body: {schema: contract}\n"},
    {"WithoutContent", kBearer, R"("401": {"description": "no"})",
     "clauses: [a.authorization, a.response.401]", "response:\n  status: 401\n"},
    {"NoneIsPromised", kBearer, R"("404": {"description": "no"})", "", ""},
};

INSTANTIATE_TEST_SUITE_P(Rows, RefusalWithoutToken, testing::ValuesIn(kRefusedCalls),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
