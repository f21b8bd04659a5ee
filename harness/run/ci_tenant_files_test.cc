// The ready files of harness/ci that run against a tenant: their scripts run here, with a program
// in conform's place that ends as each run may end.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>

#include "base/yaml_node.h"
#include "testing/golden.h"
#include "testing/program.h"

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
};

class TenantFiles : public testing::Test {
 protected:
  TenantFiles() {
    for (const char* const name : {"build/release", "reports"}) {
      fs::create_directories(folder_ / name);
    }
    Write("reports/summary.md", "what was found\n");
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
                      "echo \"$AZURE_CLIENT_ID/$AZURE_TENANT_ID\" > whose\nexit {}\n",
                      code));
    return RunProgram({.arguments = {"bash", "-e", "-o", "pipefail", "-c", file.script},
                       .folder = folder_,
                       .variables = {"GITHUB_STEP_SUMMARY=step.md", "AZURE_CLIENT_ID=client",
                                     "AZURE_TENANT_ID=tenant", "AZURESUBSCRIPTION_CLIENT_ID=client",
                                     "AZURESUBSCRIPTION_TENANT_ID=tenant"}});
  }
  std::string Left(const char* name) const { return ReadTestFile(folder_ / name); }

  const fs::path folder_ = fs::path(testing::TempDir()) / fmt::format("conform_ci_{}", ::getpid());
  const TenantFile github_{"github",
                           ScalarAt("github-tenant.yaml", {"jobs", "tenant", "steps", "2", "run"})};
  const TenantFile gitlab_{"gitlab",
                           ScalarAt("gitlab-tenant.yaml", {"conform-tenant", "script", "0"})};
  const TenantFile azure_{"azure", ScalarAt("azure-tenant.yaml",
                                            {"jobs", "0", "steps", "2", "inputs", "inlineScript"})};
};

TEST_F(TenantFiles, CallConformAsTheApplicationOfTheTenant) {
  for (const TenantFile* const file : {&github_, &gitlab_, &azure_}) {
    const ProgramResult result = RunScript(*file, 0);
    EXPECT_EQ(result.exit_code, 0) << file->name << result.errors;
    EXPECT_EQ(Left("called"), "run --profile global --out reports\n") << file->name;
    EXPECT_EQ(Left("whose"), "client/tenant\n") << file->name;
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

}  // namespace
}  // namespace conform
