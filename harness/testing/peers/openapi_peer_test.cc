// What we export as OpenAPI, held against a validator that others wrote.
#include <nlohmann/json.hpp>
#include <string>

#include "testing/golden.h"
#include "testing/peers/described_api.h"

namespace conform {
namespace {

using Json = nlohmann::json;

class OpenApiValidator : public DescribedApi {
 protected:
  /// What it says is `"valid": true` or why not.
  static std::string Validate(const std::string& file) {
    return RunNode(PeerFolder() / "@seriousme/openapi-schema-validator/bin/validate-api-cli.js",
                   {file})
        .output;
  }
};

TEST_F(OpenApiValidator, FindsTheShippedContractsExportValid) {
  const ProgramResult exported =
      RunProgram({.arguments = {CONFORM_PROGRAM, "export", "--openapi"}, .folder = CONFORM_SOURCE});
  ASSERT_EQ(exported.exit_code, 0) << exported.errors;
  const PeerFile file("shipped.json", exported.output);
  const std::string said = Validate(file.path());
  EXPECT_NE(said.find("\"valid\": true"), std::string::npos) << said;
}

TEST_F(OpenApiValidator, FindsTheExportOfWhatWasImportedValid) {
  for (const char* document :
       {"loans.yaml", "desk.json", "parking.yaml", "photos.yaml", "notes.json"}) {
    Import(document);
  }
  const ProgramResult exported = Conform({"export", "--openapi", "-o", "export.json"});
  ASSERT_EQ(exported.exit_code, 0) << exported.errors;
  const std::string said = Validate((folder_ / "export.json").string());
  EXPECT_NE(said.find("\"valid\": true"), std::string::npos) << said;
}

TEST_F(OpenApiValidator, ComplainsOfAnExportThatIsSpoilt) {
  Import("notes.json");
  Json document = Exported();
  document["paths"]["/v1/notes/{id}"]["get"]["responses"]["200"].erase("description");
  const std::string said = Validate(Write("spoilt.json", document));
  EXPECT_NE(said.find("\"valid\": false"), std::string::npos) << said;
}

}  // namespace
}  // namespace conform
