// How a case is evidence for the clauses it lists: one rule a row.
#include "case/evidence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "case/case_loader.h"
#include "case/test.h"

namespace conform {
namespace {

const Catalog& BundledCatalog() {
  static const Catalog catalog = [] {
    Diagnostics diagnostics;
    Catalog loaded = LoadCatalog(CONFORM_SOURCE "/specs", diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(), "");
    return loaded;
  }();
  return catalog;
}

constexpr const char* kPath = "/beta/deviceManagement/windowsAutopilotSettings/sync";

/// A case of the sync operation; `authorization` empty: none is sent.
std::string SyncCase(const std::string& clauses, const std::string& identity,
                     const std::string& response, const std::string& method = "POST",
                     const std::string& path = kPath,
                     const std::string& authorization = "Bearer ${token}") {
  const std::string headers =
      authorization.empty() ? "" : fmt::format("Authorization: '{}'", authorization);
  return fmt::format(
      "title: A\noperation: deviceManagement.windowsAutopilotSettings.sync\nclauses: {}\n"
      "identity: {}\neditions: [2024-08]\n"
      "request: {{method: {}, path: {}, headers: {{{}}}, body: none}}\nresponse: {}\n",
      clauses, identity, method, path, headers, response);
}

struct Rule {
  std::string name;
  std::string text;
  std::string told;  // each piece of evidence as `role clause`, then the diagnostics
};

std::string_view WordOf(Role role) {
  switch (role) {
    case Role::kAnswer:
      return "answer";
    case Role::kRefusal:
      return "refusal";
    case Role::kRefusalStatus:
      return "refusal status";
    case Role::kGrant:
      return "grant";
    default:
      return "other";
  }
}

class PlanEvidenceOf : public testing::TestWithParam<Rule> {};

TEST_P(PlanEvidenceOf, FollowsTheRule) {
  Diagnostics diagnostics;
  std::vector<Case> cases;
  auto loaded = LoadCase(std::make_shared<SourceText>("a.yaml", GetParam().text), "a", diagnostics);
  ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
  cases.push_back(std::move(*loaded));
  const auto tests = PlanTests(cases, BundledCatalog(), {true, std::nullopt}, diagnostics);
  ASSERT_EQ(tests.size(), 1u);
  std::string told;
  for (const Evidence& evidence : tests.front().plan->evidence) {
    told += fmt::format("{} {}\n", WordOf(evidence.role), evidence.clause->id);
  }
  EXPECT_EQ(told + diagnostics.RenderAll(), GetParam().told);
}

std::string AtClause(const std::string& list, int column, std::size_t length,
                     const std::string& message, const std::string& advice) {
  return fmt::format("a.yaml:3:{}: error: {}\n 3 | clauses: {}\n   | {}{}\n      {}\n", column,
                     message, list, std::string(static_cast<std::size_t>(column) - 1, ' '),
                     std::string(length, '^'), advice);
}

std::vector<Rule> KeptRules() {
  return {
      {"AnAnswerByItsStatus", SyncCase("[sync.response.204]", "delegated_work", "{status: 204}"),
       "answer sync.response.204\n"},
      {"ARefusalByAClass", SyncCase("[sync.method]", "delegated_work", "{status: 4xx}", "GET"),
       "refusal sync.method\n"},
      {"ARefusalAndItsStatus",
       SyncCase("[sync.method, graph.refusal.method]", "delegated_work", "{status: 405}", "GET"),
       "refusal sync.method\nrefusal status graph.refusal.method\n"},
      {"AGrantByAnySuccess",
       SyncCase("[sync.permission.delegated_work]", "delegated_work", "{status: 2xx}"),
       "grant sync.permission.delegated_work\n"},
      {"AGrantBesideItsAnswer",
       SyncCase("[sync.permission.delegated_work, sync.response.204]", "delegated_work",
                "{status: 204}"),
       "grant sync.permission.delegated_work\nanswer sync.response.204\n"},
      {"WithoutATokenOnlyAuthorizationCounts",
       SyncCase("[sync.request.authorization, graph.refusal.no_token]", "none", "{status: 401}",
                "POST", kPath, ""),
       "refusal sync.request.authorization\nrefusal status graph.refusal.no_token\n"},
      {"WithoutPermission",
       SyncCase("[sync.permission.delegated_work, graph.refusal.no_permission]",
                "without_permission", "{status: 403}"),
       "refusal sync.permission.delegated_work\nrefusal status graph.refusal.no_permission\n"},
      {"ObservingNeedsNoClause", SyncCase("[]", "delegated_work", "{observe: [status]}"), ""},
      {"FinallyNeedsNoClause",
       SyncCase("[sync.response.204]", "delegated_work", "{status: 204}") +
           fmt::format("finally:\n  - name: clean\n    request: {{method: GET, path: {}, body: "
                       "none}}\n    response: {{status: 200, body: {{json: {{/a: 1}}}}}}\n",
                       kPath),
       "answer sync.response.204\n"},
  };
}

constexpr const char* kImproper =
    "send all that the operation asks for: this request may be refused";

std::vector<Rule> RefusedRules() {
  const std::string unlisted =
      " 7 | response: {status: 204}\n   |                    ^^^\n"
      "      list the clause that promises it, or record it under observe:\n";
  return {
      {"AnUnknownClause", SyncCase("[sync.response.205]", "delegated_work", "{observe: [status]}"),
       AtClause("[sync.response.205]", 11, 17, "edition 2024-08 has no clause 'sync.response.205'",
                "did you mean 'sync.response.204'?")},
      {"AClientsClause", SyncCase("[sync.request.body]", "delegated_work", "{observe: [status]}"),
       AtClause("[sync.request.body]", 11, 17,
                "clause 'sync.request.body' binds the client: no answer can break it",
                "leave it out of 'clauses'")},
      {"AnotherAnswer", SyncCase("[sync.response.409]", "delegated_work", "{observe: [status]}"),
       AtClause("[sync.response.409]", 11, 17,
                "the case is no evidence for clause 'sync.response.409'", "expect status: 409")},
      {"AFactThatIsNotBroken", SyncCase("[sync.method]", "delegated_work", "{observe: [status]}"),
       AtClause("[sync.method]", 11, 11, "the case is no evidence for clause 'sync.method'",
                "send a request that breaks this one fact and expect a refusal, such as status: "
                "4xx")},
      {"AnotherFactIsBrokenToo",
       SyncCase("[sync.method]", "delegated_work", "{observe: [status]}", "GET",
                "/beta/deviceManagement/elsewhere"),
       AtClause("[sync.method]", 11, 11,
                "the case is no evidence for clause 'sync.method': its request breaks path",
                "send a request that breaks this one fact and expect a refusal, such as status: "
                "4xx")},
      {"AnExpectationWithoutAClause", SyncCase("[]", "delegated_work", "{status: 204}"),
       "a.yaml:7:20: error: no listed clause is about this expectation\n" + unlisted},
      {"AnExactRefusalWithoutItsClause",
       SyncCase("[sync.method]", "delegated_work", "{status: 405}", "GET"),
       "refusal sync.method\n"
       "a.yaml:7:20: error: no listed clause is about this expectation\n"
       " 7 | response: {status: 405}\n   |                    ^^^\n"
       "      an exact status needs its own clause beside it, or expect a class such as 4xx\n"},
  };
}

/// Successes of requests that may be refused.
std::vector<Rule> ImproperRules() {
  return {
      {"ASuccessOfAnotherMethod",
       SyncCase("[sync.response.204]", "delegated_work", "{status: 204}", "PUT"),
       AtClause("[sync.response.204]", 11, 17,
                "the case is no evidence for clause 'sync.response.204': its request breaks method",
                kImproper)},
      {"ASuccessOfAMistypedMethod",
       SyncCase("[sync.response.204]", "delegated_work", "{status: 204}", "post"),
       AtClause("[sync.response.204]", 11, 17,
                "the case is no evidence for clause 'sync.response.204': its request breaks method "
                "(post is not POST)",
                kImproper)},
      {"ASuccessWithoutAuthorization",
       SyncCase("[sync.response.204]", "delegated_work", "{status: 204}", "POST", kPath, ""),
       AtClause("[sync.response.204]", 11, 17,
                "the case is no evidence for clause 'sync.response.204': its request breaks "
                "headers.Authorization",
                kImproper)},
      {"ASuccessWithoutPermission",
       SyncCase("[sync.response.204]", "without_permission", "{status: 204}"),
       AtClause("[sync.response.204]", 11, 17,
                "the case is no evidence for clause 'sync.response.204': its request breaks "
                "permissions.delegated_work",
                kImproper)},
      {"ASuccessWithoutTheBodyThatIsAskedFor",
       "title: A\noperation: deviceManagement.deviceCategories.create\n"
       "clauses: [category_create.response.201]\nidentity: delegated_work\n"
       "request: {method: POST, path: /beta/deviceManagement/deviceCategories, headers: "
       "{Authorization: 'Bearer ${token}'}, body: none}\nlimit: 9s\nresponse: {status: 201}\n",
       AtClause("[category_create.response.201]", 11, 28,
                "the case is no evidence for clause 'category_create.response.201': its request "
                "breaks requestBody",
                kImproper)},
  };
}

INSTANTIATE_TEST_SUITE_P(Kept, PlanEvidenceOf, testing::ValuesIn(KeptRules()),
                         [](const auto& param) { return param.param.name; });
INSTANTIATE_TEST_SUITE_P(Improper, PlanEvidenceOf, testing::ValuesIn(ImproperRules()),
                         [](const auto& param) { return param.param.name; });
INSTANTIATE_TEST_SUITE_P(Refused, PlanEvidenceOf, testing::ValuesIn(RefusedRules()),
                         [](const auto& param) { return param.param.name; });

struct Plan {
  std::string name;
  std::string editions;  // a line of the case
  EditionChoice choice;
  std::string told;  // each test's id, then the diagnostics
};

class PlanTestsOf : public testing::TestWithParam<Plan> {};

TEST_P(PlanTestsOf, ChoosesEditions) {
  using std::chrono::sys_days;
  Diagnostics diagnostics;
  std::vector<Case> cases;
  const std::string text = fmt::format(
      "title: A\noperation: deviceManagement.windowsAutopilotSettings.sync\nclauses: []\n"
      "identity: delegated_work\n{}request: {{method: POST, path: {}, body: none}}\n"
      "response: {{observe: [status]}}\n",
      GetParam().editions, kPath);
  for (const char* id : {"x/a", "y/b"}) {
    auto loaded =
        LoadCase(std::make_shared<SourceText>(std::string(id) + ".yaml", text), id, diagnostics);
    ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
    cases.push_back(std::move(*loaded));
  }
  std::string told;
  for (const conform::Test& test :
       PlanTests(cases, BundledCatalog(), GetParam().choice, diagnostics)) {
    told += test.Id().substr(test.Id().find("sync/")) + "\n";
  }
  EXPECT_EQ(told + diagnostics.RenderAll(), GetParam().told);
}

std::chrono::sys_days Day(int year, unsigned month, unsigned day) {
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
}

INSTANTIATE_TEST_SUITE_P(
    Choices, PlanTestsOf,
    testing::Values(
        Plan{"All",
             "",
             {true, std::nullopt},
             "sync/2019_01.a\nsync/2019_01.b\nsync/2024_08.a\nsync/2024_08.b\n"},
        Plan{"TheNewest", "", {}, "sync/2024_08.a\nsync/2024_08.b\n"},
        Plan{"InForceInTwentyTwenty",
             "",
             {false, Day(2020, 1, 1)},
             "sync/2019_01.a\nsync/2019_01.b\n"},
        Plan{"BeforeTheFirst", "", {false, Day(2018, 1, 1)}, ""},
        Plan{"TiedToOneOfAll",
             "editions: [2019-01]\n",
             {true, std::nullopt},
             "sync/2019_01.a\nsync/2019_01.b\n"},
        Plan{"TiedToOneThatIsNotChosen", "editions: [2019-01]\n", {}, ""},
        Plan{"TiedToNoEdition",
             "editions: 2019-02\n",
             {},
             "x/a.yaml:5:11: error: operation 'deviceManagement.windowsAutopilotSettings.sync' has "
             "no edition '2019-02'\n 5 | editions: 2019-02\n   |           ^^^^^^^\n"
             "      there is 2019-01 or 2024-08\n"
             "y/b.yaml:5:11: error: operation 'deviceManagement.windowsAutopilotSettings.sync' has "
             "no edition '2019-02'\n 5 | editions: 2019-02\n   |           ^^^^^^^\n"
             "      there is 2019-01 or 2024-08\n"}),
    [](const auto& param) { return param.param.name; });

TEST(PlanTests, RefusesTestsOfTheSameId) {
  Diagnostics diagnostics;
  std::vector<Case> cases;
  for (const char* id : {"x/a", "y/a"}) {
    auto loaded =
        LoadCase(std::make_shared<SourceText>(std::string(id) + ".yaml",
                                              SyncCase("[]", "none", "{observe: [status]}")),
                 id, diagnostics);
    cases.push_back(std::move(*loaded));
  }
  PlanTests(cases, BundledCatalog(), {}, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(),
            "y/a.yaml:2:12: error: test "
            "'deviceManagement_windowsAutopilotSettings_sync/2024_08.a' is also made by x/a.yaml\n"
            " 2 | operation: deviceManagement.windowsAutopilotSettings.sync\n"
            "   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "      rename one of the files\n");
}

TEST(PlanTests, RefusesAnUnknownOperation) {
  Diagnostics diagnostics;
  std::vector<Case> cases;
  const std::string text =
      "title: A\noperation: deviceManagement.windowsAutopilotSettings.sink\nclauses: []\n"
      "identity: none\nrequest: {method: GET, path: /a, body: none}\n"
      "response: {observe: [status]}\n";
  cases.push_back(*LoadCase(std::make_shared<SourceText>("a.yaml", text), "a", diagnostics));
  EXPECT_TRUE(PlanTests(cases, BundledCatalog(), {}, diagnostics).empty());
  EXPECT_EQ(diagnostics.RenderAll(),
            "a.yaml:2:12: error: no contract of operation "
            "'deviceManagement.windowsAutopilotSettings.sink'\n"
            " 2 | operation: deviceManagement.windowsAutopilotSettings.sink\n"
            "   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "      did you mean 'deviceManagement.windowsAutopilotSettings.sync'?\n");
}

}  // namespace
}  // namespace conform
