// The ready files of harness/ci that run against a tenant: their scripts run here, with a program
// in conform's place that ends as each run may end.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>

#include "base/yaml_node.h"
#include "mock/entra_assertion.h"
#include "run/sample_tls.h"
#include "testing/golden.h"
#include "testing/program.h"
#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// The scalar that keys, or an item's number, lead to; empty where there is none.
std::string ScalarAt(const std::string& file, std::initializer_list<std::string_view> path) {
  const auto source = SourceText::Load(CONFORM_SOURCE "/harness/ci/" + file);
  if (!source) return "";
  Diagnostics diagnostics;
  const std::optional<YamlNode> root = ParseYaml(**source, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  const YamlNode* at = root ? &*root : nullptr;
  for (const std::string_view key : path) {
    if (at == nullptr) return "";
    if (at->kind == YamlNode::Kind::kSequence) {
      const auto number = static_cast<std::size_t>(key.front() - '0');
      at = number < at->items.size() ? &at->items[number] : nullptr;
    } else {
      at = at->Find(key);
    }
  }
  return at == nullptr ? "" : at->scalar;
}

struct TenantFile {
  const char* name;
  std::string script;
  const char* assertion;  ///< what the service vouches with, as its endpoint answers.
};

class TenantFiles : public testing::Test {
 protected:
  TenantFiles() {
    for (const char* const name : {"build/release", "reports", "harness/ci", "bin"}) {
      fs::create_directories(folder_ / name);
    }
    Write("reports/summary.md", "what was found\n");
    // Exchanges the one assertion that it knows.
    Write("harness/ci/entra-token.sh",
          "[ \"$(cat)\" = the.assertion ] || exit 3\n"
          "echo \"$AZURE_CLIENT_ID/$AZURE_TENANT_ID token\"\n");
  }
  ~TenantFiles() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }

  /// Runs the script as its service does, in a folder where conform ends with `code`.
  ProgramResult RunScript(const TenantFile& file, int code) const {
    Write("build/release/conform",
          fmt::format("#!/bin/sh\necho \"$*\" > called\n"
                      "echo \"$CONFORM_TOKEN_APPLICATION\" > token\nexit {}\n",
                      code));
    Write("bin/curl",
          fmt::format("#!/bin/sh\nprintf '%s\\n' \"$@\" > asked\necho '{}'\n", file.assertion));
    fs::remove(folder_ / "called");
    const std::string script = "PATH=$PWD/bin:$PATH\n" + file.script;
    return RunProgram(
        {.arguments = {"bash", "-e", "-o", "pipefail", "-c", script},
         .folder = folder_,
         .variables = {"GITHUB_STEP_SUMMARY=step.md", "CONFORM_ASSERTION=the.assertion",
                       "ACTIONS_ID_TOKEN_REQUEST_URL=https://vouch.example/?v=1",
                       "ACTIONS_ID_TOKEN_REQUEST_TOKEN=asks", "SYSTEM_ACCESSTOKEN=asks",
                       "SYSTEM_OIDCREQUESTURI=https://vouch.example/", "AZURE_CLIENT_ID=client",
                       "AZURE_TENANT_ID=tenant", "AZURESUBSCRIPTION_CLIENT_ID=client",
                       "AZURESUBSCRIPTION_TENANT_ID=tenant",
                       "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID=connection"}});
  }
  std::string Left(const char* name) const { return ReadTestFile(folder_ / name); }

  const fs::path folder_ = fs::path(testing::TempDir()) / fmt::format("conform_ci_{}", ::getpid());
  const TenantFile github_{"github",
                           ScalarAt("github-tenant.yaml", {"jobs", "tenant", "steps", "2", "run"}),
                           R"({"count":1,"value":"the.assertion"})"};
  const TenantFile gitlab_{"gitlab",
                           ScalarAt("gitlab-tenant.yaml", {"conform-tenant", "script", "0"}), ""};
  const TenantFile azure_{
      "azure", ScalarAt("azure-tenant.yaml", {"jobs", "0", "steps", "2", "inputs", "inlineScript"}),
      R"({"oidcToken":"the.assertion"})"};
};

TEST_F(TenantFiles, CallConformWithTheTokenThatTheirServiceVouchesFor) {
  for (const TenantFile* const file : {&github_, &gitlab_, &azure_}) {
    const ProgramResult result = RunScript(*file, 0);
    EXPECT_EQ(result.exit_code, 0) << file->name << result.errors;
    EXPECT_EQ(Left("called"), "run --profile global --out reports\n") << file->name;
    EXPECT_EQ(Left("token"), "client/tenant token\n") << file->name;
    EXPECT_EQ((result.output + result.errors).find("token"), std::string::npos) << file->name;
  }
}

TEST_F(TenantFiles, AskTheirServiceAsItsPagesSay) {
  RunScript(github_, 0);
  EXPECT_EQ(Left("asked"),
            "-sS\n--fail\n--max-time\n60\n-H\nAuthorization: Bearer asks\n"
            "https://vouch.example/?v=1&audience=api://AzureADTokenExchange\n");
  RunScript(azure_, 0);
  EXPECT_EQ(Left("asked"),
            "-sS\n--fail\n--max-time\n60\n-H\nContent-Type: application/json\n-d\n\n-H\n"
            "Authorization: Bearer asks\n"
            "https://vouch.example/?api-version=7.1&serviceConnectionId=connection\n");
}

TEST_F(TenantFiles, CouldNotTellWhereNobodyVouches) {
  for (const TenantFile* const file : {&github_, &azure_}) {
    const ProgramResult result = RunScript({file->name, file->script, "{}"}, 0);
    EXPECT_EQ(result.exit_code, file == &azure_ ? 0 : 3) << file->name;
    EXPECT_NE(result.output.find("could not tell"), std::string::npos) << file->name;
    EXPECT_FALSE(fs::exists(folder_ / "called")) << file->name;
  }
}

TEST_F(TenantFiles, TellTheExitCodesApart) {
  const struct {
    const TenantFile& file;
    int ends;
    int told;
    const char* says;
  } rows[] = {
      {github_, 0, 0, "::notice title=conform::conforms\n"},
      {github_, 1, 1,
       "::error title=conform::nonconformance: a promise was broken; see the report\n"},
      {github_, 2, 2,
       "::error title=conform::bad usage or a bad file: nothing counts until it is mended\n"},
      {github_, 3, 3,
       "::warning title=conform::could not tell: sign-in, network, throttling or nothing judged; "
       "see the report\n"},
      {github_, 137, 137,
       "::error title=conform::bad usage or a bad file: nothing counts until it is mended\n"},
      {gitlab_, 0, 0, "conforms\n"},
      {gitlab_, 1, 1, "nonconformance: a promise was broken; see the report\n"},
      {gitlab_, 2, 2, "bad usage or a bad file: nothing counts until it is mended\n"},
      {gitlab_, 3, 3,
       "could not tell: sign-in, network, throttling or nothing judged; see the report\n"},
      {azure_, 0, 0, "conforms\n"},
      {azure_, 1, 1,
       "##vso[task.logissue type=error]nonconformance: a promise was broken; see the report\n"},
      {azure_, 2, 2,
       "##vso[task.logissue type=error]bad usage or a bad file: nothing counts until it is "
       "mended\n"},
      {azure_, 3, 0,
       "##vso[task.logissue type=warning]could not tell: sign-in, network, throttling or nothing "
       "judged; see the report\n"
       "##vso[task.complete result=SucceededWithIssues;]could not tell\n"},
  };
  for (const auto& row : rows) {
    const ProgramResult result = RunScript(row.file, row.ends);
    EXPECT_EQ(result.exit_code, row.told) << row.file.name << ' ' << row.ends;
    EXPECT_EQ(result.output, row.says) << row.file.name << ' ' << row.ends << result.errors;
  }
}

TEST_F(TenantFiles, GitHubMayVouchForTheWorkflowAndShowsTheSummary) {
  EXPECT_EQ(ScalarAt("github-tenant.yaml", {"permissions", "id-token"}), "write");
  RunScript(github_, 1);
  EXPECT_EQ(Left("step.md"), "what was found\n");
}

TEST_F(TenantFiles, GitLabVouchesForEntraAndShowsCouldNotTellAsAWarning) {
  EXPECT_EQ(
      ScalarAt("gitlab-tenant.yaml", {"conform-tenant", "id_tokens", "CONFORM_ASSERTION", "aud"}),
      "api://AzureADTokenExchange");
  EXPECT_EQ(ScalarAt("gitlab-tenant.yaml", {"conform-tenant", "allow_failure", "exit_codes", "0"}),
            "3");
}

TEST_F(TenantFiles, AzureHandsItsTokenToTheOneStepThatNeedsIt) {
  EXPECT_EQ(ScalarAt("azure-tenant.yaml", {"jobs", "0", "steps", "2", "task"}), "AzureCLI@2");
  EXPECT_EQ(ScalarAt("azure-tenant.yaml", {"jobs", "0", "steps", "2", "env", "SYSTEM_ACCESSTOKEN"}),
            "$(System.AccessToken)");
}

/// The script that exchanges assertions, at `conform mock`.
class EntraToken : public testing::Test {
 protected:
  ProgramResult Exchange(const nlohmann::json& claims, const std::string& authority) const {
    return RunProgram(
        {.arguments = {"sh", CONFORM_SOURCE "/harness/ci/entra-token.sh"},
         .input = SignJwt({}, claims, TestKey()).value(),
         .variables = SettledVariables({"ENTRA_AUTHORITY=" + authority,
                                        "AZURE_CLIENT_ID=" + std::string(kEntraConfidentialClient),
                                        "AZURE_TENANT_ID=" + std::string(kEntraTenant)})});
  }
  static nlohmann::json Claims(const std::string& subject) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {{"iss", kEntraFederations[0].issuer},
            {"sub", subject},
            {"aud", kFederationAudience},
            {"exp", std::chrono::duration_cast<std::chrono::seconds>(now).count() + 300}};
  }
};

TEST_F(EntraToken, GetsATokenForAnAssertion) {
  StartedProgram mock({.arguments = {CONFORM_PROGRAM, "mock"}, .folder = CONFORM_SOURCE});
  const std::string address = mock.ReadLine();
  const ProgramResult got = Exchange(Claims(std::string(kEntraFederations[0].subject)), address);
  EXPECT_EQ(got.exit_code, 0) << got.errors;
  const auto token = ReadJwt(std::string_view(got.output).substr(0, got.output.size() - 1));
  ASSERT_TRUE(token) << got.output;
  EXPECT_EQ(token->claims["idtyp"], "app");
  const ProgramResult refused = Exchange(Claims("somebody else"), address);
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_EQ(refused.output, "");
  EXPECT_TRUE(refused.errors.starts_with(
      fmt::format("no token from {}: AADSTS700213: No matching federated identity record found "
                  "for presented assertion subject 'somebody else'. Trace ID: ",
                  address)))
      << refused.errors;
}

TEST_F(EntraToken, CouldNotTellWhereNobodyListens) {
  EXPECT_EQ(Exchange(Claims("x"), "http://127.0.0.1:1").exit_code, 3);
}

}  // namespace
}  // namespace conform
