// Tokens that do not last as long as their test waits: what each request is sent with.
#include <fmt/format.h>

#include <cstdlib>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "run/session.h"
#include "testing/hostile_server.h"
#include "token/test_token.h"

namespace conform {
namespace {

using std::chrono::hours;

constexpr const char* kTokenVariable = "CONFORM_TOKEN_DELEGATED_WORK";

/// `opaque-x`, then `opaque-xx`, each for twenty minutes.
constexpr const char* kIssue =
    "printf x >>count\n"
    R"sh(printf '{"access_token":"opaque-%s","expires_in":1200}' "$(cat count)")sh";
/// The first alone, which does not say how long it lasts.
constexpr const char* kIssueOnce = "test -s count && exit 4; printf x >count; printf opaque-x";

std::string StepNamed(const std::string& name) {
  return fmt::format(
      "  - name: {}\n    request: {{method: GET, path: /beta/things, headers: {{Authorization: "
      "'Bearer ${{token}}'}}, body: none}}\n    response: {{status: 204}}\n",
      name);
}

struct AgedRow {
  const char* name;
  std::string issue;  // the script that prints tokens; empty: a variable holds one for an hour
  std::string steps;
  std::string told;
  std::vector<std::string> tokens;  // that were sent; `variable` is that one
};

class TokenOfSteps : public testing::Test {
 protected:
  ~TokenOfSteps() override { ::unsetenv(kTokenVariable); }

  std::unique_ptr<Workspace> Load(const HostileServer& server) const {
    project_.Write("count", "");
    project_.Write(
        "ours.yaml",
        fmt::format("name: ours\ntitle: Ours\ntarget: {}\ntenant: true\n"
                    "soften: {{http: observe, oauth: observe, odata: observe, graph: observe}}\n"
                    "identities: {{delegated_work: {{command: [sh, -c, 'cd {}; . ./issue']}}}}\n",
                    FormatOrigin(server.origin()), project_.folder().string()));
    WorkspaceOptions options;
    options.profile = (project_.folder() / "ours.yaml").string();
    Diagnostics diagnostics;
    auto workspace = LoadWorkspace(options,
                                   {project_.folder() / "specs", project_.folder() / "cases",
                                    CONFORM_SOURCE "/harness/profiles"},
                                   diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(), "");
    return workspace;
  }

  /// Runs all tests in turn; an outcome and its reason a line.
  std::string Run(const HostileServer& server) {
    const auto workspace = Load(server);
    RunLimits limits;
    limits.allowed_effects = 9;
    limits.patience = hours(9);
    const auto session =
        Session::Open(*workspace, clock_, redactor_, StandardChecks(), limits, false);
    EXPECT_TRUE(session);
    std::string told;
    for (const conform::Test& test : workspace->tests) {
      const Verdict verdict = (*session)->runner().Run(test).verdict;
      told += fmt::format("{}: {}\n", NameOf(verdict.outcome), verdict.reason);
    }
    return told;
  }

  static std::vector<std::string> TokensOf(const HostileServer& server,
                                           const std::string& variable) {
    std::vector<std::string> tokens;
    for (const ReceivedRequest& each : server.requests()) {
      const Field* field = FindField(each.request.fields, "Authorization");
      const std::string sent = field == nullptr ? "" : field->value.substr(7);
      tokens.push_back(sent == variable ? "variable" : sent);
    }
    return tokens;
  }

  SampleProject project_;
  ManualClock clock_{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};
  Redactor redactor_{"key"};
};

class AgedToken : public TokenOfSteps, public testing::WithParamInterface<AgedRow> {};

TEST_P(AgedToken, IsLookedForAnewAfterAWait) {
  project_.Remove("specs/things/sync/2024-08.yaml");
  project_.Remove("cases/things/documented.yaml");
  project_.Remove("cases/things/without_token.yaml");
  project_.Write(
      "specs/things/read/2024-08.yaml",
      SampleReadContract("path: /things\nresponses: {204: {when: success, content: none}}\n",
                         {"responses.204"}));
  project_.Write("cases/things/read.yaml",
                 "title: Reading is answered 204\noperation: things.read\n"
                 "clauses: [read.responses.204]\nidentity: delegated_work\n" +
                     GetParam().steps);
  project_.Write("issue", GetParam().issue);
  std::string token;
  if (GetParam().issue.empty()) {
    token = IssueTestToken({IdentityKind::kDelegatedWork, ""}, "Things.Read", "", clock_.Now());
    ::setenv(kTokenVariable, token.c_str(), 1);
  }
  const HostileServer server(std::vector<Script>(3, AnswerAndClose(kNoContent)));
  EXPECT_EQ(Run(server), GetParam().told);
  EXPECT_EQ(TokensOf(server, token), GetParam().tokens);
}

INSTANTIATE_TEST_SUITE_P(
    Waits, AgedToken,
    testing::Values(
        AgedRow{"ThatLasts",
                kIssue,
                "steps:\n" + StepNamed("once") + "  - wait: 1m\n" + StepNamed("twice"),
                "pass: \n",
                {"opaque-x", "opaque-x"}},
        AgedRow{"ThatDoesNot",
                kIssue,
                "steps:\n" + StepNamed("once") + "  - wait: 26m\n" + StepNamed("twice"),
                "pass: \n",
                {"opaque-x", "opaque-xx"}},
        AgedRow{"BeforeTheFirstRequest",
                kIssue,
                "steps:\n  - wait: 26m\n" + StepNamed("once"),
                "pass: \n",
                {"opaque-xx"}},
        AgedRow{"ThatCleansUp",
                kIssue,
                "steps:\n" + StepNamed("once") + "  - wait: 26m\nfinally:\n" + StepNamed("clean"),
                "pass: \n",
                {"opaque-x", "opaque-xx"}},
        AgedRow{"WithoutAnother",
                kIssueOnce,
                "steps:\n" + StepNamed("once") + "  - wait: 26m\n" + StepNamed("twice"),
                "inconclusive: no token from the command sh: its exit code is 4\n",
                {"opaque-x"}},
        AgedRow{"WithoutAnotherThatCleansUp",
                kIssueOnce,
                "steps:\n" + StepNamed("once") + "  - wait: 26m\nfinally:\n" + StepNamed("clean"),
                "pass: \n",
                {"opaque-x", "opaque-x"}},
        AgedRow{
            "OfAVariable",
            "",
            "steps:\n" + StepNamed("once") + "  - wait: 2h\n" + StepNamed("twice"),
            "inconclusive: the token expired at 2026-03-01T01:00:00.000Z, 1h ago: get a new one\n",
            {"variable"}},
        AgedRow{
            "OfAVariableThatCleansUp",
            "",
            "steps:\n" + StepNamed("once") + "  - wait: 2h\nfinally:\n" + StepNamed("clean"),
            "warn: clean did not clean up (the token expired at 2026-03-01T01:00:00.000Z, 1h ago: "
            "get a new one)\n",
            {"variable"}}),
    [](const auto& param) { return param.param.name; });

/// Of the second test the quiet minutes after the first one's success are waited for.
TEST_F(TokenOfSteps, IsLookedForAnewAfterQuietMinutes) {
  project_.Remove("cases/things/without_token.yaml");
  project_.Write("cases/things/later.yaml",
                 SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  project_.Write("issue",
                 "printf x >>count\n"
                 R"sh(printf '{"access_token":"opaque-%s","expires_in":300}' "$(cat count)")sh");
  const HostileServer server(std::vector<Script>(2, AnswerAndClose(kNoContent)));
  EXPECT_EQ(Run(server), "pass: \npass: \n");
  EXPECT_EQ(TokensOf(server, ""), (std::vector<std::string>{"opaque-x", "opaque-xx"}));
}

}  // namespace
}  // namespace conform
