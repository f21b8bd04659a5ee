// How an OpenAPI document's callers sign in, from the document to a run on the mock.
#include <fmt/format.h>

#include <string>

#include "run/sample_import_folder.h"

namespace conform {
namespace {

/// GET of /a with that scheme and those answers beside 200.
std::string GuardedDocument(const std::string& scheme, const std::string& responses) {
  return fmt::format(
      R"({{"openapi": "3.1.0", "info": {{"title": "desk", "version": "1"}},
          "servers": [{{"url": "https://desk.example"}}], "security": [{{"s": []}}],
          "components": {{"securitySchemes": {{"s": {}}}}},
          "paths": {{"/a": {{"get": {{"operationId": "a", "responses": {{
            "200": {{"description": "ok"}}, {}}}}}}}}}}})",
      scheme, responses);
}

constexpr const char* kDocumentedBearer = R"({"type": "http", "scheme": "bearer"})";

std::string ProblemOf(const std::string& status) {
  return fmt::format(R"("{}": {{"description": "no", "content": {{"application/json":
      {{"schema": {{"type": "object", "required": ["title"]}}}}}}}})",
                     status);
}

struct GuardedRow {
  const char* name;
  const char* status;  ///< promised beside 200.
  const char* broken;  ///< by a refusal that is a page of HTML.
};

void PrintTo(const GuardedRow& row, std::ostream* out) { *out << row.name; }

class ImportedRefusal : public ImportFolder, public testing::WithParamInterface<GuardedRow> {
 protected:
  void SetUp() override {
    WriteFile("desk.json", GuardedDocument(kDocumentedBearer, ProblemOf(GetParam().status)));
    const ProgramResult imported = Conform({"import", "desk.json", "--scaffold"});
    ASSERT_EQ(imported.exit_code, 0) << imported.errors;
    EXPECT_EQ(imported.errors, "");
  }
};

TEST_P(ImportedRefusal, PassesOnTheMockAndIsHeldAgainstItsContent) {
  const ProgramResult linted = Conform({"lint"});
  EXPECT_EQ(linted.exit_code, 0) << linted.errors;
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_NE(run.output.find(": 2 pass\n"), std::string::npos) << run.output;
  StartedProgram mock(ProgramCall{
      {CONFORM_PROGRAM, "mock", "--port", "0", "--fault", "html_for_json"}, "", folder_});
  const ProgramResult broken = Conform({"run", "--base-url", mock.ReadLine()});
  EXPECT_EQ(broken.exit_code, 1) << broken.output << broken.errors;
  EXPECT_NE(broken.output.find(GetParam().broken), std::string::npos) << broken.output;
}

constexpr GuardedRow kGuarded[] = {
    {"Unauthorized", "401", "      clause   a.response.401 (must): A call may be answered 401: no"},
    {"Forbidden", "403", "      clause   a.response.403 (must): A call may be answered 403: no"},
    {"AnyRefusal", "4XX", "      clause   a.response.4xx (must): A call may be answered 4XX: no"},
    {"AnyError", "default",
     "      clause   a.response.default (must): A call may be answered default: no"},
};

INSTANTIATE_TEST_SUITE_P(Rows, ImportedRefusal, testing::ValuesIn(kGuarded),
                         [](const auto& row) { return row.param.name; });

struct SignInRow {
  const char* name;
  const char* scheme;  ///< as the document says it.
  const char* said;    ///< by import.
  const char* sent;    ///< in Authorization, but for `${token}`.
};

void PrintTo(const SignInRow& row, std::ostream* out) { *out << row.name; }

class ImportedSignIn : public ImportFolder, public testing::WithParamInterface<SignInRow> {
 protected:
  void SetUp() override {
    // Another operation's bearer tokens bring the protocol set that is about their challenge.
    WriteFile("bearer.json", GuardedDocument(kDocumentedBearer, ProblemOf("401")));
    ASSERT_EQ(Conform({"import", "bearer.json"}).exit_code, 0);
    std::filesystem::remove_all(folder_ / "specs/desk");
    WriteFile("desk.json", GuardedDocument(GetParam().scheme, ProblemOf("401")));
    imported_ = Conform({"import", "desk.json", "--scaffold"});
    ASSERT_EQ(imported_.exit_code, 0) << imported_.errors;
  }

  ProgramResult imported_;
};

TEST_P(ImportedSignIn, IsSentByTheFirstCasesAndAsked) {
  EXPECT_NE(imported_.errors.find(GetParam().said), std::string::npos) << imported_.errors;
  EXPECT_NE(Read("cases/desk/a/documented_request.yaml")
                .find(fmt::format("identity: delegated_work\nrequest:\n  method: GET\n  path: /a\n"
                                  "  headers:\n    Authorization: {} ${{token}}\n",
                                  GetParam().sent)),
            std::string::npos)
      << Read("cases/desk/a/documented_request.yaml");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "specs/protocol/oauth.yaml"));
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_NE(run.output.find(": 2 pass\n"), std::string::npos) << run.output;
  StartedProgram mock(ProgramCall{
      {CONFORM_PROGRAM, "mock", "--port", "0", "--fault", "authorization_ignored"}, "", folder_});
  const ProgramResult broken = Conform({"run", "--base-url", mock.ReadLine()});
  EXPECT_EQ(broken.exit_code, 1) << broken.output << broken.errors;
  EXPECT_NE(broken.output.find("clause   a.authorization (must)"), std::string::npos)
      << broken.output;
}

TEST_P(ImportedSignIn, IsAdvisedWhereACaseSendsAnother) {
  const std::string file = "cases/desk/a/documented_request.yaml";
  std::string text = Read(file);
  const std::string sent = fmt::format("Authorization: {} $", GetParam().sent);
  ASSERT_NE(text.find(sent), std::string::npos);
  WriteFile(file, text.replace(text.find(sent), sent.size(), "Authorization: Other $"));
  const ProgramResult linted = Conform({"lint"});
  EXPECT_EQ(linted.exit_code, 2);
  EXPECT_NE(
      linted.errors.find(fmt::format(
          "      write {} ${{token}}, and an identity whose token is valid\n", GetParam().sent)),
      std::string::npos)
      << linted.errors;
}

TEST_P(ImportedSignIn, IsExportedAsItIsAsked) {
  const ProgramResult exported = Conform({"export", "--openapi", "--out", "again.json"});
  EXPECT_EQ(exported.exit_code, 0) << exported.errors;
  std::string scheme = GetParam().sent;
  scheme.front() = static_cast<char>(scheme.front() - 'A' + 'a');
  EXPECT_NE(Read("again.json").find(fmt::format("\"scheme\": \"{}\"", scheme)), std::string::npos)
      << Read("again.json");
}

constexpr SignInRow kSignIns[] = {
    {"Basic", R"({"type": "http", "scheme": "Basic"})",
     "warning: cases send 'Basic ${token}': the token is name and password", "Basic"},
    {"AKeyInAuthorization", R"({"type": "apiKey", "in": "header", "name": "Authorization"})",
     "warning: a key in Authorization is taken as a bearer token: cases send 'Bearer ${token}'",
     "Bearer"},
};

INSTANTIATE_TEST_SUITE_P(Rows, ImportedSignIn, testing::ValuesIn(kSignIns),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
