// What `conform import` makes of an OpenAPI document, up to a run that passes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/yaml_node.h"
#include "contract/json_schema.h"
#include "run/sample_import_folder.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

std::string DocumentFile(const std::string& name) {
  return (fs::path(CONFORM_TESTDATA) / "openapi" / name).string();
}

class OpenApiProgram : public ImportFolder {};

TEST_F(OpenApiProgram, MakesContractsAndCasesThatPassAtOnce) {
  for (const char* document : {"loans.yaml", "desk.json"}) {
    const ProgramResult imported =
        Conform({"import", DocumentFile(document), "--scaffold", "--date", "2026-01-15"});
    EXPECT_EQ(imported.exit_code, 0) << imported.errors;
  }
  // Clauses of Microsoft Graph are none of another API's.
  EXPECT_TRUE(fs::exists(folder_ / "specs/protocol/http.yaml"));
  EXPECT_FALSE(fs::exists(folder_ / "specs/protocol/graph.yaml"));
  EXPECT_TRUE(fs::exists(folder_ / "specs/town_library/v2/loans/get/2026-01.yaml"));
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_NE(run.output.find("\n12 tests in "), std::string::npos) << run.output;
  EXPECT_NE(run.output.find(": 12 pass\n"), std::string::npos) << run.output;
}

TEST_F(OpenApiProgram, MakesWhatThePublishedSchemaAllows) {
  const auto schema = JsonSchema::Compile(nlohmann::json::parse(
      ReadTestFile(fs::path(CONFORM_SOURCE) / "harness/schemas/contract.schema.json"), nullptr,
      false));
  ASSERT_TRUE(schema.has_value());
  Conform({"import", DocumentFile("loans.yaml"), "--date", "2026-01-15"});
  int checked = 0;
  for (const auto& each : fs::recursive_directory_iterator(folder_ / "specs/town_library")) {
    if (each.path().extension() != ".yaml") continue;
    Diagnostics diagnostics;
    const SourceText source(each.path().string(), ReadTestFile(each.path()));
    const auto root = ParseYaml(source, diagnostics);
    ASSERT_TRUE(root.has_value());
    const auto breach = (*schema)->Validate(ToJson(*root));
    EXPECT_FALSE(breach.has_value()) << each.path() << breach->pointer << breach->message;
    ++checked;
  }
  EXPECT_EQ(checked, 6);
}

TEST_F(OpenApiProgram, WritesDocumentedAndSampledBodiesAndKeys) {
  Conform({"import", DocumentFile("loans.yaml"), "--scaffold", "--date", "2026-01-15"});
  EXPECT_NE(Read("cases/town_library/v2/createLoan/documented_request.yaml")
                .find("  body: {json: {copies: 2, due: 2026-01-15}}\n"),
            std::string::npos);
  EXPECT_NE(Read("cases/town_library/v2/keys/get/documented_request.yaml")
                .find("    X-Library-Key: ${token}\n"),
            std::string::npos);
  EXPECT_NE(Read("cases/town_library/v2/loans/get/documented_request.yaml")
                .find("  path: /v2/loans/l-7\n"),
            std::string::npos);
  EXPECT_NE(
      Read("cases/town_library/v2/listLoans/without_authorization.yaml")
          .find("clauses: [list_loans.authorization, list_loans.response.401]\nidentity: none\n"),
      std::string::npos);
}

TEST_F(OpenApiProgram, KeepsWhatAHandChanged) {
  const std::vector<std::string> import = {
      "import", DocumentFile("loans.yaml"), "--operation", "deleteLoan", "--date", "2026-01-15"};
  ASSERT_EQ(Conform(import).exit_code, 0);
  const std::string file = "specs/town_library/v2/deleteLoan/2026-01.yaml";
  std::string text = Read(file);
  text.replace(text.find("effect: changes-state"), 21, "effect: deletes-loan");
  std::ofstream(folder_ / file) << text;
  const ProgramResult again = Conform(import);
  EXPECT_EQ(again.exit_code, 0) << again.errors;
  EXPECT_NE(Read(file).find("effect: deletes-loan\n"), std::string::npos);
}

TEST_F(OpenApiProgram, RefusesWhatDoesNotFit) {
  const std::string document = DocumentFile("loans.yaml");
  const std::pair<std::vector<std::string>, const char*> rows[] = {
      {{document, "-o", "x.yaml"}, "conform: 6 operations do not go into one file"},
      {{document, "--operation", "listLaons"}, "did you mean 'listLoans'?"},
      {{document, "--revision", "1"}, "conform: --repository and --revision are for a page\n"},
      {{"page.md", "--tag", "x"},
       "conform: --operation, --tag, --path and --server are for an OpenAPI document\n"},
      {{"https://example.com/openapi.json"}, "download the document and give the file\n"},
      {{"absent.json"}, "conform: absent.json: "},
  };
  for (const auto& [rest, said] : rows) {
    std::vector<std::string> arguments = {"import"};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    const ProgramResult result = Conform(arguments);
    EXPECT_EQ(result.exit_code, 2) << said;
    EXPECT_NE(result.errors.find(said), std::string::npos) << result.errors;
  }
  EXPECT_FALSE(fs::exists(folder_ / "specs"));
}

TEST_F(OpenApiProgram, ExportsWhatImportReadsBackTheSame) {
  const std::string specs = CONFORM_SOURCE "/specs/graph/beta/deviceManagement/";
  const std::string sync = specs + "windowsAutopilotSettings/sync/2024-08.yaml";
  const ProgramResult exported =
      Conform({"export", "--openapi", sync, specs + "deviceCategories/update/2024-08.yaml", "--out",
               "openapi.json"});
  EXPECT_EQ(exported.exit_code, 0) << exported.errors;
  EXPECT_EQ(exported.output, "openapi.json: 2 operations\n");
  const ProgramResult imported = Conform(
      {"import", "openapi.json", "--operation", "deviceManagement.windowsAutopilotSettings.sync"});
  EXPECT_EQ(imported.exit_code, 0) << imported.errors;
  EXPECT_EQ(imported.errors, "");
  const std::string back =
      "specs/graph/beta/deviceManagement/windowsAutopilotSettings/sync/2024-08.yaml";
  EXPECT_EQ(Conform({"diff", sync, back}).exit_code, 0);
}

/// A contract by hand may say nothing of a body: the file that its clauses cite is not there.
TEST_F(OpenApiProgram, ExportsAContractThatSaysNothingOfABody) {
  const auto clause = [](const char* id, const char* about, const char* binds) {
    return fmt::format(
        "  - {{id: list.{}, about: {}, binds: {}, strength: {}, says: S., source: "
        "{{heading: H, line: 1, fingerprint: '0000000000000000'}}}}\n",
        id, about, binds, std::string_view(binds) == "nobody" ? "observe" : "must");
  };
  const std::string contract =
      "operation: shop.list\nedition: 2026-10\nsource: {title: Shop, document: shop.md, version: "
      "'1', date: 2026-10-01, sha256: " +
      std::string(64, '0') +
      "}\nmaturity: stable\nserver: https://shop.example/v1\nmethod: GET\npath: /books\n"
      "responses:\n  200: {when: success}\nclauses:\n" +
      clause("maturity", "maturity", "nobody") + clause("server", "server", "service") +
      clause("method", "method", "service") + clause("path", "path", "service") +
      clause("response.200", "responses.200", "service");
  WriteFile("list.yaml", contract);
  const ProgramResult exported = Conform({"export", "--openapi", "list.yaml", "-o", "x.json"});
  EXPECT_EQ(exported.exit_code, 0) << exported.errors;
  const ProgramResult imported = Conform({"import", "x.json"});
  EXPECT_EQ(imported.exit_code, 0) << imported.errors;
  EXPECT_EQ(Read("specs/shop/v1/list/2026-10.yaml").find("requestBody"), std::string::npos);
  EXPECT_EQ(Conform({"diff", "list.yaml", "specs/shop/v1/list/2026-10.yaml"}).exit_code, 0);
}

struct ComparedServers {
  const char* before;
  const char* now;
  const char* told;
};

TEST_F(OpenApiProgram, ComparesDocumentsThatNameNoServerAndHaveAnotherName) {
  const auto document = [](const char* servers) {
    return fmt::format(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{}paths:\n  /a:\n    get: "
        "{{operationId: "
        "x, responses: {{'200': {{description: OK}}}}}}\n",
        servers);
  };
  const ComparedServers rows[] = {
      {"", "", "the same"},
      {"servers: [{url: /v1}]\n", "servers: [{url: /v1}]\n", "the same"},
      {"servers: [{url: 'http://host.example/v1/'}]\n", "servers: [{url: /v1}]\n",
       "\n1 unclassified\n"},  // of the bytes
      {"servers: [{url: 'https://a.example'}]\n", "servers: [{url: 'https://a.example'}]\n",
       "the same"},
      {"servers: [{url: /v1}]\n", "servers: [{url: /v2}]\n", "the operation is served elsewhere"},
  };
  for (const ComparedServers& row : rows) {
    WriteFile("before.yaml", document(row.before));
    WriteFile("now.yaml", document(row.now));
    const ProgramResult result = Conform({"diff", "before.yaml#x", "now.yaml#x"});
    EXPECT_NE(result.output.find(row.told), std::string::npos)
        << row.before << row.now << result.output << result.errors;
    EXPECT_EQ(result.exit_code, std::string_view(row.told) == "the same" ? 0 : 1) << result.errors;
  }
  EXPECT_EQ(
      Conform({"import", "now.yaml", "--server", "https://b.example/v2", "-o", "x.yaml"}).exit_code,
      0);
  for (const bool first : {true, false}) {
    const std::vector<std::string> line = {"diff", first ? "now.yaml#x" : "x.yaml",
                                           first ? "x.yaml" : "now.yaml#x"};
    const ProgramResult result = Conform(line);
    EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  }
}

TEST_F(OpenApiProgram, ExportsSpecsAsTheyAreInForce) {
  const ProgramResult whole = RunProgram(ProgramCall{
      {CONFORM_PROGRAM, "export", "--openapi", "--as-of", "2020-01"}, "", CONFORM_SOURCE});
  EXPECT_EQ(whole.exit_code, 0) << whole.errors;
  EXPECT_NE(whole.output.find("\"edition\": \"2019-01\""), std::string::npos);
  EXPECT_EQ(whole.output.find("\"edition\": \"2024-08\""), std::string::npos);
  EXPECT_EQ(Conform({"export", "--openapi", "absent.yaml"}).exit_code, 2);
  EXPECT_EQ(Conform({"export"}).exit_code, 2);
}

TEST_F(OpenApiProgram, ImportsAFewOfVeryManyOperations) {
  std::string paths;
  for (int i = 0; i < 2000; ++i) {
    paths += fmt::format(
        R"({}"/things{}/{{id}}": {{"get": {{"operationId": "thing{}", "responses": {{"200": {{"description": "It."}}}}}}}})",
        i == 0 ? "" : ",\n", i, i);
  }
  std::ofstream(folder_ / "many.json")
      << R"({"openapi": "3.0.0", "info": {"title": "Many", "version": "1"},)"
      << R"("servers": [{"url": "https://many.example"}], "paths": {)" << paths << "}}";
  const ProgramResult result = Conform(
      {"import", "many.json", "--operation", "thing7", "--operation", "thing1999", "--scaffold"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(fs::exists(folder_ / "specs/many/thing7"));
  EXPECT_TRUE(fs::exists(folder_ / "specs/many/thing1999"));
  EXPECT_FALSE(fs::exists(folder_ / "specs/many/thing8"));
}

}  // namespace
}  // namespace conform
