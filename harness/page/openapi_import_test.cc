// Contracts made of OpenAPI documents, the warnings that come with them, and what is refused.
#include "page/openapi_import.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/date.h"
#include "contract/contract_loader.h"
#include "page/contract_text.h"
#include "page/openapi_schema.h"
#include "page/scaffold.h"
#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

fs::path DocumentsFolder() { return fs::path(CONFORM_TESTDATA) / "openapi"; }

struct ReadDocument {
  std::vector<OpenApiContract> contracts;
  std::string said;
};

ReadDocument ReadOpenApi(const fs::path& file, const OpenApiSelection& selection = {},
                         const std::string& server = "") {
  Diagnostics diagnostics;
  ReadDocument read;
  Expected<OpenApiDocument> document = OpenApiDocument::Open(file, diagnostics);
  if (!document) {
    read.said = document.error().message + "\n";
    return read;
  }
  auto contracts = ContractsFromOpenApi(*document, {selection, server, *ParseDate("2026-01-15")});
  read.said = diagnostics.RenderAll();
  if (contracts) {
    read.contracts = std::move(*contracts);
  } else {
    read.said += contracts.error().message + "\n";
  }
  return read;
}

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
    contracts += RenderContract(each.contract) + "--- example: " + each.example + "\n";
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

INSTANTIATE_TEST_SUITE_P(Documents, OpenApiDocumentTest, testing::Values("loans.yaml", "desk.json"),
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
    {"RelativeServer", "a.json",
     R"({"openapi":"3.1.0","servers":[{"url":"/v1"}],"paths":{"/a":{"get":{"responses":{"200":{}}}}}})",
     "its server '/v1' is no https address; say --server"},
};

INSTANTIATE_TEST_SUITE_P(Rows, OpenApiRefuses, testing::ValuesIn(kRefused),
                         [](const auto& row) { return row.param.name; });

TEST(OpenApi, TakesAnotherServer) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / "loans.yaml", {{"listLoans"}, {}, {}},
                                        "https://b.example/v9");
  ASSERT_EQ(read.contracts.size(), 1U);
  EXPECT_EQ(read.contracts[0].contract.server, "https://b.example/v9");
  EXPECT_NE(ReadOpenApi(DocumentsFolder() / "loans.yaml", {}, "ftp://x").said.find("--server ftp"),
            std::string::npos);
}

/// Only what the document promises is tried.
TEST(OpenApi, ScaffoldsPromisedRefusalsAlone) {
  const ReadDocument read = ReadOpenApi(DocumentsFolder() / "loans.yaml");
  std::map<std::string, std::string> names;
  for (const OpenApiContract& each : read.contracts) {
    for (const CaseFile& file : ScaffoldCases(each.contract, each.example))
      names[each.contract.operation] += file.name + " ";
  }
  EXPECT_EQ(names["town_library.listLoans"],
            "documented_request.yaml without_authorization.yaml without_branch.yaml ");
  EXPECT_EQ(names["town_library.createLoan"],
            "documented_request.yaml without_authorization.yaml ");
  EXPECT_EQ(names["town_library.loans.get"], "documented_request.yaml ");
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
  std::uint64_t state = 20260115;
  const auto next = [&state](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % below;
  };
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
        EXPECT_EQ(diagnostics.RenderAll(), "") << changed;
        ScaffoldCases(each.contract, each.example);
      }
      if (HasFailure()) break;
    }
    fs::remove(file);
  }
  EXPECT_GT(made, 200);
}

TEST(OpenApi, RefusesWhatIsNestedTooDeep) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto ranges = JsonRanges::Of(deep);
  ASSERT_FALSE(ranges.has_value());
  EXPECT_EQ(ranges.error().message, "1:1: nested more than 200 deep");
}

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

TEST(JsonRanges, FindsValuesWhereTheyStand) {
  const std::string text =
      R"( {"a": [1, "]}\"", {"b": -2.5e3}], "c/d": {"~": null}, "e": "", "f": {}, "g": []} )";
  const Expected<JsonRanges> ranges = JsonRanges::Of(text);
  ASSERT_TRUE(ranges.has_value());
  const std::pair<const char*, const char*> rows[] = {
      {"", R"({"a": [1, "]}\"", {"b": -2.5e3}], "c/d": {"~": null}, "e": "", "f": {}, "g": []})"},
      {"/a", R"([1, "]}\"", {"b": -2.5e3}])"},
      {"/a/0", "1"},
      {"/a/1", R"("]}\"")"},
      {"/a/2/b", "-2.5e3"},
      {"/c~1d/~0", "null"},
      {"/e", R"("")"},
      {"/f", "{}"},
      {"/g", "[]"},
  };
  for (const auto& [pointer, value] : rows) {
    const auto range = ranges->Find(NamesOfPointer(pointer));
    ASSERT_TRUE(range.has_value()) << pointer;
    EXPECT_EQ(text.substr(range->begin, range->end - range->begin), value);
  }
  EXPECT_FALSE(ranges->Find({"a", "3"}).has_value());
  EXPECT_FALSE(ranges->Find({"e", "x"}).has_value());
  EXPECT_FALSE(ranges->Find({"f", "x"}).has_value());
}

}  // namespace
}  // namespace conform
