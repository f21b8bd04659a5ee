// Three public APIs' styles, from their document to a run that passes, and what it then finds.
#include <gtest/gtest.h>

#include <filesystem>
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

}  // namespace
}  // namespace conform
