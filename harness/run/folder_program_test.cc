// What the program makes of the folder that it is called in, and of a path that is none of cases.
#include <fmt/format.h>

#include "run/sample_project.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct FolderCall {
  const char* name;
  std::vector<std::string> removed;  ///< files and folders of the sample project.
  const char* written;               ///< a file; null: none.
  std::string text;                  ///< of `written`.
  std::vector<std::string> arguments;
  int exit_code;
  std::string told;  ///< a part of what is printed.
};

void PrintTo(const FolderCall& call, std::ostream* out) { *out << call.name; }

class CalledIn : public testing::TestWithParam<FolderCall> {};

TEST_P(CalledIn, TellsWhatItFinds) {
  const SampleProject project;
  for (const std::string& each : GetParam().removed) fs::remove_all(project.folder() / each);
  if (GetParam().written != nullptr) project.Write(GetParam().written, GetParam().text);
  const ProgramResult result = project.Conform(GetParam().arguments);
  const std::string all = result.errors + result.output;
  EXPECT_EQ(result.exit_code, GetParam().exit_code) << all;
  EXPECT_NE(all.find(GetParam().told), std::string::npos) << all;
}

std::string CaseWithFile(const std::string& file) {
  return fmt::format(
      "title: T\noperation: things.sync\nclauses: []\nidentity: delegated_work\nrequest:\n"
      "  method: POST\n  path: /beta/things/sync\n  headers:\n    Authorization: Bearer "
      "${{token}}\n"
      "  body: {{file: {}}}\nresponse:\n  observe: [status]\n",
      file);
}

const std::vector<std::string> kBoth = {"specs", "cases"};

INSTANTIATE_TEST_SUITE_P(
    Folders, CalledIn,
    testing::Values(
        FolderCall{"NeitherRunsTheBundledAndSaysSo",
                   kBoth,
                   nullptr,
                   "",
                   {"run"},
                   0,
                   "conform: no specs/ and no cases/ in this folder: the bundled ones are used, "},
        FolderCall{"NeitherListsTheBundledAndSaysSo",
                   kBoth,
                   nullptr,
                   "",
                   {"list"},
                   0,
                   "the bundled ones are used, "},
        FolderCall{"SpecsAloneHaveNothingToRun",
                   {"cases"},
                   nullptr,
                   "",
                   {"run"},
                   2,
                   "conform: there is no case in cases/ yet: "},
        FolderCall{"AnEmptyFolderOfCasesToo",
                   {"cases/things"},
                   nullptr,
                   "",
                   {"run", "--dry-run"},
                   2,
                   "conform: there is no case in cases/ yet: "},
        FolderCall{"SpecsAloneAreLinted", {"cases"}, nullptr, "", {"lint"}, 0, " and 0 cases\n"},
        FolderCall{"CasesAloneAreOfTheBundledSpecs",
                   {"specs"},
                   nullptr,
                   "",
                   {"lint"},
                   2,
                   "no contract of operation 'things.sync'"},
        FolderCall{"ACaseOfAnotherEndingIsAMistake",
                   {},
                   "cases/things/x.yml",
                   "",
                   {"lint"},
                   2,
                   "cases/things/x.yml: error: is not read: cases end in .yaml\n"},
        FolderCall{"SoItIsByItself",
                   {},
                   "cases/x.yml",
                   "",
                   {"run", "cases/x.yml"},
                   2,
                   "cases/x.yml: error: is not read: cases end in .yaml\n"},
        FolderCall{"NorAreCapitalsRead",
                   {},
                   "cases/x.YAML",
                   "",
                   {"lint"},
                   2,
                   "cases/x.YAML: error: is not read: cases end in .yaml\n"},
        FolderCall{
            "AVariableThatIsNotSetIsNoOption",
            {},
            nullptr,
            "",
            {"run", "--base-url", ""},
            2,
            "conform: the value of --base-url is empty: give one, or leave --base-url out\n"},
        FolderCall{"NorBehindAnEqualsSign",
                   {},
                   nullptr,
                   "",
                   {"run", "--baseline="},
                   2,
                   "conform: the value of --baseline is empty: "},
        FolderCall{"NorIsAPath",
                   {},
                   nullptr,
                   "",
                   {"run", ""},
                   2,
                   "conform: an argument is empty: leave it out\n"},
        FolderCall{"AHistoryThatIsReadMustBeThere",
                   {},
                   nullptr,
                   "",
                   {"history", "--check", "--history", "typo.sqlite"},
                   2,
                   "--history typo.sqlite: no such file\n"},
        FolderCall{"ABundleIsNoFolder",
                   {},
                   nullptr,
                   "",
                   {"run", "--bundle", "cases"},
                   2,
                   "--bundle cases: is a folder; name a file in it\n"},
        FolderCall{"ContractsAreNoCases",
                   {},
                   nullptr,
                   "",
                   {"lint", "specs"},
                   2,
                   "specs: error: holds contracts, which are read in any case\n"},
        FolderCall{"NorIsWhatLiesAboveThem",
                   {},
                   nullptr,
                   "",
                   {"lint", "."},
                   2,
                   ".: error: specs lies below it, which holds contracts\n"},
        FolderCall{"AProfileOfThisFolderIsNamedByItsFile",
                   {},
                   "ours.yaml",
                   "name: ours\n",
                   {"run", "--profile", "ours"},
                   2,
                   "for the file write --profile ours.yaml\n"},
        FolderCall{"NoCommand", {}, nullptr, "", {"--no-color"}, 2, "conform: say what to do, "},
        FolderCall{"AWordThatIsNone",
                   {},
                   nullptr,
                   "",
                   {"diff", "a", "b", "--format", "pdf"},
                   2,
                   "'pdf' is none of text, markdown, json\n"}),
    [](const auto& param) { return param.param.name; });

TEST(Folder, TakesContentOfAnyEndingThatACaseNames) {
  const SampleProject project;
  project.Write("cases/things/content.yaml", CaseWithFile("payload.yml"));
  project.Write("cases/things/payload.yml", "a: 1\n");
  const ProgramResult result = project.Conform({"lint"});
  EXPECT_EQ(result.exit_code, 0) << result.errors;
}

/// An OpenAPI document of one operation `get`, behind this scheme where it is not empty.
std::string DocumentOf(const std::string& title, const std::string& scheme) {
  const std::string security =
      scheme.empty() ? "" : fmt::format(R"("security": [{{"s": []}}],)", scheme);
  const std::string components =
      scheme.empty() ? ""
                     : fmt::format(R"(, "components": {{"securitySchemes": {{"s": {}}}}})", scheme);
  return fmt::format(
      R"({{"openapi": "3.0.3", "info": {{"title": "{}", "version": "1"}},
          "servers": [{{"url": "https://a.example/v1"}}],
          "paths": {{"/desks/{{desk}}": {{"get": {{"operationId": "get", {}
            "parameters": [{{"name": "desk", "in": "path", "required": true,
                             "schema": {{"type": "string"}}}}],
            "responses": {{"200": {{"description": "ok"}}, "401": {{"description": "no"}}}}}}}}}}{}}})",
      title, security, components);
}

TEST(Folder, GetsTheProtocolSetsThatItsApisNeed) {
  const SampleProject project;
  fs::remove_all(project.folder() / "specs");
  fs::remove_all(project.folder() / "cases");
  const auto import = [&](const std::string& title, const std::string& scheme) {
    project.Write(title + ".json", DocumentOf(title, scheme));
    const ProgramResult result = project.Conform({"import", title + ".json", "--scaffold"});
    EXPECT_EQ(result.exit_code, 0) << result.errors;
    return fs::exists(project.folder() / "specs/protocol/oauth.yaml");
  };
  EXPECT_FALSE(import("open", ""));
  EXPECT_TRUE(fs::exists(project.folder() / "specs/protocol/http.yaml"));
  EXPECT_FALSE(fs::exists(project.folder() / "specs/protocol/graph.yaml"));
  EXPECT_FALSE(import("keyed", R"({"type": "apiKey", "in": "header", "name": "X-Key"})"));
  EXPECT_TRUE(import("bearer", R"({"type": "http", "scheme": "bearer"})"));
  // Who takes it out again, keeps it out.
  project.Remove("specs/protocol/oauth.yaml");
  EXPECT_FALSE(import("another", R"({"type": "http", "scheme": "bearer"})"));
}

TEST(Folder, GetsCasesThatSayWhichValuesAreMadeUp) {
  const SampleProject project;
  project.Write("open.json", DocumentOf("open", ""));
  ASSERT_EQ(project.Conform({"import", "open.json", "--scaffold"}).exit_code, 0);
  const std::string text = project.Read("cases/open/v1/get/documented_request.yaml");
  EXPECT_NE(text.find("  # desk: made up; name what the service has\n"), std::string::npos) << text;
}

TEST(Folder, TakesASuccessWithoutATokenWhereSigningInIsOptional) {
  const SampleProject project;
  std::string document = DocumentOf("free", R"({"type": "http", "scheme": "bearer"})");
  const std::string asked = R"([{"s": []}])";
  document.replace(document.find(asked), asked.size(), R"([{"s": []}, {}])");
  project.Write("free.json", document);
  ASSERT_EQ(project.Conform({"import", "free.json"}).exit_code, 0);
  project.Write("cases/free/v1/get/anybody.yaml",
                "title: T\noperation: free.get\nclauses: [get.response.200]\nidentity: none\n"
                "request: {method: GET, path: /v1/desks/a, body: none}\nresponse: {status: 200}\n");
  const ProgramResult result = project.Conform({"lint"});
  EXPECT_EQ(result.exit_code, 0) << result.errors;
}

}  // namespace
}  // namespace conform
