// Three public APIs' styles, from their document to a run that passes, and what it then finds.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "run/sample_import_folder.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct ApiStyle {
  const char* name;
  const char* document;
  const char* counts;   ///< what a run ends with.
  const char* fault;    ///< planted into the mock.
  const char* finding;  ///< how it is told.
};

class OpenApiStyle : public ImportFolder, public testing::WithParamInterface<ApiStyle> {
 protected:
  void SetUp() override {
    const std::string document =
        (fs::path(CONFORM_TESTDATA) / "openapi" / GetParam().document).string();
    const ProgramResult imported =
        Conform({"import", document, "--scaffold", "--date", "2026-01-15"});
    ASSERT_EQ(imported.exit_code, 0) << imported.errors;
  }
};

TEST_P(OpenApiStyle, RunsEndToEndOnTheMock) {
  const ProgramResult linted = Conform({"lint"});
  EXPECT_EQ(linted.exit_code, 0) << linted.errors;
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_NE(run.output.find(GetParam().counts), std::string::npos) << run.output;
}

TEST_P(OpenApiStyle, FindsAPlantedFault) {
  StartedProgram mock(ProgramCall{
      {CONFORM_PROGRAM, "mock", "--port", "0", "--fault", GetParam().fault}, "", folder_});
  const std::string address = mock.ReadLine();
  const ProgramResult run = Conform({"run", "--base-url", address});
  EXPECT_EQ(run.exit_code, 1) << run.output << run.errors;
  EXPECT_NE(run.output.find(GetParam().finding), std::string::npos) << run.output;
}

constexpr ApiStyle kStyles[] = {
    {"KeysAndPages", "parking.yaml", ": 10 pass\n", "authorization_ignored",
     "clause   list_garages.key (must): A call needs a key in its header X-Parking-Key."},
    {"Multipart", "photos.yaml", ": 7 pass\n", "success_200",
     "clause   photos_add.response.201 (must): A successful call is answered 201, with Location."},
    {"PatchWithEtags", "notes.json", ": 7 pass\n", "server_error",
     "clause   notes_change.response.200 (must): A successful call is answered 200, with ETag."},
};

INSTANTIATE_TEST_SUITE_P(Rows, OpenApiStyle, testing::ValuesIn(kStyles),
                         [](const auto& row) { return row.param.name; });

/// A first case of notes.json that was changed so that its request keeps the rule.
struct KeptRule {
  const char* name;
  const char* file;
  const char* from;
  const char* to;
  const char* said;
};

class CaseThatKeepsTheRule : public ImportFolder, public testing::WithParamInterface<KeptRule> {};

TEST_P(CaseThatKeepsTheRule, IsADiagnostic) {
  const std::string document = (fs::path(CONFORM_TESTDATA) / "openapi/notes.json").string();
  ASSERT_EQ(Conform({"import", document, "--scaffold", "--date", "2026-01-15"}).exit_code, 0);
  const fs::path file = folder_ / "cases/shared_notes/v1/notes/change" / GetParam().file;
  std::string text = ReadTestFile(file);
  const std::size_t at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos) << text;
  text.replace(at, std::string_view(GetParam().from).size(), GetParam().to);
  std::ofstream(file, std::ios::trunc) << text;
  const ProgramResult linted = Conform({"lint"});
  EXPECT_EQ(linted.exit_code, 2);
  EXPECT_NE(linted.errors.find(GetParam().said), std::string::npos) << linted.errors;
}

constexpr KeptRule kKeptRules[] = {
    {"MediaType", "other_media_type.yaml", "Content-Type: text/plain",
     "Content-Type: application/merge-patch+json",
     "no evidence for clause 'notes_change.response.415': its content is of a documented media "
     "type"},
    {"Parameter", "without_if_match.yaml",
     "    Content-Type:", "    If-Match: '*'\n    Content-Type:",
     "no evidence for clause 'notes_change.parameter.if_match'"},
    {"Condition", "false_precondition.yaml", "    If-Match: \"\\\"no-such-tag\\\"\"\n", "",
     "no evidence for clause 'notes_change.response.412': its request has no condition, such as "
     "If-Match"},
};

INSTANTIATE_TEST_SUITE_P(Rows, CaseThatKeepsTheRule, testing::ValuesIn(kKeptRules),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
