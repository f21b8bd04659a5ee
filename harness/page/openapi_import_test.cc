// Contracts made of OpenAPI documents, the warnings that come with them, and what is refused.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/date.h"
#include "contract/contract_loader.h"
#include "page/contract_text.h"
#include "page/sample_openapi.h"
#include "page/scaffold.h"
#include "testing/golden.h"
#include "testing/steady_random.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// Warnings name files as they are, which is another place on every machine.
std::string WithoutFolder(std::string text) {
  const std::string folder = DocumentsFolder().string() + "/";
  for (const std::string& each : {folder, fs::relative(folder).string() + "/"}) {
    for (std::size_t at = text.find(each); at != std::string::npos; at = text.find(each)) {
      text.erase(at, each.size());
    }
  }
  return text;
}

class OpenApiDocumentTest : public testing::TestWithParam<std::string> {};

TEST_P(OpenApiDocumentTest, MakesTheContractsBesideIt) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / GetParam());
  std::string contracts;
  for (const OpenApiContract& each : read.contracts) {
    contracts += RenderContract(each.contract) + "---\n";
  }
  const fs::path beside = DocumentsFolder() / (GetParam() + ".contracts");
  EXPECT_EQ(contracts, Golden(beside, contracts));
  const std::string said = WithoutFolder(read.said);
  EXPECT_EQ(said, Golden(DocumentsFolder() / (GetParam() + ".err"), said));
}

TEST_P(OpenApiDocumentTest, MakesWhatTheLoaderReads) {
  for (const OpenApiContract& each : ReadOpenApi(DocumentsFolder() / GetParam()).contracts) {
    const std::string text = RenderContract(each.contract);
    Diagnostics diagnostics;
    const auto loaded =
        LoadContract(std::make_shared<SourceText>("contract.yaml", text), diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(), "") << text;
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(RenderContract(*loaded), text);
  }
}

INSTANTIATE_TEST_SUITE_P(Documents, OpenApiDocumentTest,
                         testing::Values("loans.yaml", "desk.json", "parking.yaml", "photos.yaml",
                                         "notes.json", "harbour.yaml"),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

struct Selected {
  const char* name;
  OpenApiSelection selection;
  std::vector<std::string> operations;
  const char* refused;
};

class SelectOperations : public testing::TestWithParam<Selected> {};

TEST_P(SelectOperations, ChoosesThoseAlone) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / "loans.yaml", GetParam().selection);
  std::vector<std::string> operations;
  for (const OpenApiContract& each : read.contracts) operations.push_back(each.contract.operation);
  EXPECT_EQ(operations, GetParam().operations);
  if (*GetParam().refused != '\0') {
    EXPECT_NE(read.said.find(GetParam().refused), std::string::npos) << read.said;
  }
}

const Selected kSelections[] = {
    {"ByOperation", {{"listLoans"}, {}, {}}, {"town_library.listLoans"}, ""},
    {"ByTag", {{}, {"desk"}, {}}, {"town_library.loans.get"}, ""},
    {"ByPath", {{}, {}, {"/loans"}}, {"town_library.listLoans", "town_library.createLoan"}, ""},
    {"BothMustHold", {{"createLoan"}, {}, {"/loans"}}, {"town_library.createLoan"}, ""},
    {"Misspelt",
     {{"listLaons"}, {}, {}},
     {},
     "no operation 'listLaons' in it; did you mean 'listLoans'?"},
    {"NoSuchTag", {{}, {"dask"}, {}}, {}, "no tag 'dask' in it; did you mean 'desk'?"},
    {"NoSuchPath", {{}, {}, {"/loan"}}, {}, "no path '/loan' in it; did you mean '/loans'?"},
};

INSTANTIATE_TEST_SUITE_P(Rows, SelectOperations, testing::ValuesIn(kSelections),
                         [](const auto& row) { return row.param.name; });

struct Refused {
  const char* name;
  const char* file;
  const char* text;
  const char* said;
};

class OpenApiRefuses : public testing::TestWithParam<Refused> {};

TEST_P(OpenApiRefuses, AndSaysWhy) {
  const fs::path file = fs::path(testing::TempDir()) /
                        fmt::format("{}_{}_{}", GetParam().name, getpid(), GetParam().file);
  std::ofstream(file) << GetParam().text;
  const ReadDocument read = ReadOpenApi(file);
  fs::remove(file);
  EXPECT_TRUE(read.contracts.empty());
  EXPECT_NE(read.said.find(GetParam().said), std::string::npos) << read.said;
}

constexpr Refused kRefused[] = {
    {"Swagger", "a.yaml", "swagger: '2.0'\n", "Swagger 2; convert it to OpenAPI 3 first"},
    {"Other", "a.json", "{}", "no OpenAPI document: it has no `openapi: 3.0.3`"},
    {"Newer", "a.json", R"({"openapi":"4.0.0"})", "OpenAPI 4.0.0; 3.0 and 3.1 are read"},
    {"NoJson", "a.json", "{\"a\": 1,\n \"b\": }", ".json:2:7: no JSON from here on"},
    {"NoYaml", "a.yaml", "a: [\n", "no YAML"},
    {"Empty", "a.json", R"({"openapi":"3.1.0","paths":{}})",
     "no operation of which a contract can be made"},
    {"NoServer", "a.json", R"({"openapi":"3.1.0","paths":{"/a":{"get":{"responses":{"200":{}}}}}})",
     "it names no server; say --server https://"},
    {"ServerOfNoValue", "a.json",
     R"({"openapi":"3.1.0","servers":[{"url":"https://{h}.example","variables":{"h":{}}}],"paths":{"/a":{"get":{"responses":{"200":{}}}}}})",
     "its server 'https://{h}.example' is no https address; say --server"},
    {"NameTwice", "a.json", "{\"openapi\":\"3.1.0\",\"paths\":{\n\"/a\":{},\n\"/a\":{}}}",
     ".json:3:1: duplicate key '/a', first at line 2"},
    {"RelativeServer", "a.json",
     R"({"openapi":"3.1.0","servers":[{"url":"/v1"}],"paths":{"/a":{"get":{"responses":{"200":{}}}}}})",
     "its server '/v1' is no https address; say --server"},
};

INSTANTIATE_TEST_SUITE_P(Rows, OpenApiRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return row.param.name; });

/// Where nothing that it says of a body can be said, the contract does not say that there is none.
TEST(OpenApi, SaysNothingOfABodyThatItCannotName) {
  for (const char* body :
       {R"({"required": true, "content": {"application/*+json": {}}})", R"({"content": {}})",
        R"({"$ref": "#/components/requestBodies/gone"})"}) {
    const ReadDocument read = ReadOpenApiText(fmt::format(
        R"({{"openapi": "3.1.0", "servers": [{{"url": "https://a.example"}}], "paths": {{"/a":
            {{"post": {{"requestBody": {}, "responses": {{"204": {{}}}}}}}}}}}})",
        body));
    ASSERT_EQ(read.contracts.size(), 1U) << read.said;
    const std::string text = RenderContract(read.contracts.front().contract);
    EXPECT_EQ(text.find("requestBody"), std::string::npos) << text;
    EXPECT_NE(read.said.find("no content is left that a contract can name"), std::string::npos);
  }
}

/// Paths that stand elsewhere are chosen by their operations' names, too.
TEST(OpenApi, SelectsWhatAPathRefersTo) {
  const ReadDocument read =
      ReadOpenApi(DocumentsFolder() / "harbour.yaml", {{"readBerth"}, {}, {}});
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  EXPECT_EQ(read.contracts[0].contract.paths, std::vector<std::string>{"/berths/{berth}"});
}

TEST(OpenApi, TakesAnotherServer) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / "loans.yaml", {{"listLoans"}, {}, {}},
                                        "https://b.example/v9");
  ASSERT_EQ(read.contracts.size(), 1U);
  EXPECT_EQ(read.contracts[0].contract.server, "https://b.example/v9");
  EXPECT_NE(ReadOpenApi(DocumentsFolder() / "loans.yaml", {}, "ftp://x").said.find("--server ftp"),
            std::string::npos);
}

std::string WithOperation(const std::string& members, const std::string& more = "") {
  return R"({"openapi":"3.1.0","servers":[{"url":"https://a.example"}],"paths":{"/a":{"post":{)" +
         members + R"("responses":{"200":{"description":"OK"}}}}})" + more + "}";
}

TEST(OpenApi, AClauseOfOneFactIsNotOfTheWholeOperation) {
  const ReadDocument before = ReadOpenApiText(WithOperation(R"("summary":"A",)"));
  const ReadDocument now = ReadOpenApiText(WithOperation(R"("summary":"B","tags":["c"],)"));
  ASSERT_EQ(before.contracts.size(), 1U);
  ASSERT_EQ(now.contracts.size(), 1U);
  const std::vector<Clause>& clauses = before.contracts[0].contract.clauses;
  ASSERT_EQ(clauses.size(), now.contracts[0].contract.clauses.size());
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    EXPECT_EQ(clauses[i].source.fingerprint,
              now.contracts[0].contract.clauses[i].source.fingerprint)
        << clauses[i].id;
  }
  const ReadDocument deprecated =
      ReadOpenApiText(WithOperation(R"("summary":"A","deprecated":true,)"));
  EXPECT_NE(clauses[0].source.fingerprint,
            deprecated.contracts[0].contract.clauses[0].source.fingerprint);
}

TEST(OpenApi, AReferenceThatIsNoPointerLeadsNowhere) {
  const ReadDocument read = ReadOpenApiText(WithOperation(R"("parameters":[{"$ref":"#Pet"}],)"));
  EXPECT_NE(read.said.find("$ref '#Pet' leads nowhere"), std::string::npos) << read.said;
}

TEST(OpenApi, AnswersMayBeMerged) {
  const ReadDocument read = ReadOpenApiText(
      "openapi: 3.0.3\n"
      "servers: [{url: 'https://a.example'}]\n"
      "x-common: &common {'400': {description: Bad}}\n"
      "paths: {/a: {get: {responses: {<<: *common, '200': {description: OK}}}}}\n",
      "yaml");
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  EXPECT_EQ(read.contracts[0].contract.responses.size(), 2U);
}

TEST(OpenApi, ClausesOfTwoOperationsHaveTwoNames) {
  const ReadDocument read = ReadOpenApiText(
      R"({"openapi":"3.1.0","servers":[{"url":"https://a.example"}],"paths":{)"
      R"("/a":{"get":{"operationId":"notes.read","responses":{"200":{"description":"OK"}}}},)"
      R"("/b":{"get":{"operationId":"notesRead","responses":{"200":{"description":"OK"}}}}}})");
  ASSERT_EQ(read.contracts.size(), 2U) << read.said;
  EXPECT_EQ(read.contracts[0].contract.clauses[0].id, "notes_read.maturity");
  EXPECT_EQ(read.contracts[1].contract.clauses[0].id, "notes_read_2.maturity");
}

/// A large document is held as text; it is the same to whoever asks.
TEST(OpenApi, IsReadAlikeAsTreeAndAsText) {
  for (const char* name : {"loans.yaml", "parking.yaml", "photos.yaml"}) {
    const auto tree = OpenApiFile::Load(DocumentsFolder() / name);
    const auto text = OpenApiFile::Load(DocumentsFolder() / name, /*large=*/0);
    ASSERT_TRUE(tree.has_value() && text.has_value()) << name;
    EXPECT_EQ((*tree)->Value(""), (*text)->Value("")) << name;
    EXPECT_EQ((*tree)->Keys("/paths"), (*text)->Keys("/paths")) << name;
    for (const std::string& path : (*tree)->Keys("/paths")) {
      const std::string pointer = JoinPointer("/paths", path);
      EXPECT_EQ((*tree)->Place(pointer).line, (*text)->Place(pointer).line) << name << pointer;
      EXPECT_EQ((*tree)->Place(pointer).column, (*text)->Place(pointer).column) << name << pointer;
    }
  }
}

// Documents are changed at a few places, always the same ones: nothing may crash, and whatever
// contract comes of it must be one that the loader reads.
TEST(OpenApi, OfAChangedDocumentCrashesNothingAndMakesNoBadContract) {
  constexpr std::string_view kPieces[] = {"{",
                                          "}",
                                          "[",
                                          "]",
                                          "\"",
                                          ": ",
                                          ",",
                                          "null",
                                          "true",
                                          "-1",
                                          "$ref",
                                          "#/paths",
                                          "'#/components'",
                                          "\n  ",
                                          "/",
                                          "{id}",
                                          "\xC2\x85",
                                          "%"};
  SteadyRandom random;
  const auto next = [&random](std::size_t below) { return random.Below(below); };
  int made = 0;
  for (const char* name : {"loans.yaml", "desk.json"}) {
    const std::string text = ReadTestFile(DocumentsFolder() / name);
    const fs::path file =
        fs::path(testing::TempDir()) / fmt::format("changed_{}_{}", getpid(), name);
    for (int round = 0; round < 300; ++round) {
      std::string changed = text;
      for (std::size_t edits = 1 + next(3); edits > 0; --edits) {
        const std::size_t at = next(changed.size());
        if (next(3) == 0) {
          changed.erase(at, 1 + next(20));
        } else if (next(2) == 0) {
          changed.insert(at, changed.substr(next(changed.size()), next(100)));
        } else {
          changed.insert(at, kPieces[next(std::size(kPieces))]);
        }
      }
      std::ofstream(file, std::ios::trunc) << changed;
      for (const OpenApiContract& each : ReadOpenApi(file).contracts) {
        ++made;
        Diagnostics diagnostics;
        LoadContract(std::make_shared<SourceText>("x.yaml", RenderContract(each.contract)),
                     diagnostics);
        EXPECT_FALSE(diagnostics.HasErrors()) << diagnostics.RenderAll() << changed;
        ScaffoldCases(each.contract, "");
      }
      if (HasFailure()) break;
    }
    fs::remove(file);
  }
  EXPECT_GT(made, 200);
}

}  // namespace
}  // namespace conform
