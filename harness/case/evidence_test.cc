// How a case is evidence for the clauses it lists: one rule a row.
#include "case/evidence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "case/broken_facts.h"
#include "case/case_loader.h"
#include "case/sample_sync_case.h"
#include "case/test.h"

namespace conform {
namespace {

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

/// The same at the request's line, `text` being what stands there.
std::string AtRequest(const std::string& text, int column, std::size_t length,
                      const std::string& message, const std::string& advice) {
  const std::string line = text.substr(text.find("request: "));
  return fmt::format("a.yaml:6:{}: error: {}\n 6 | {}\n   | {}{}\n      {}\n", column, message,
                     line.substr(0, line.find('\n')),
                     std::string(static_cast<std::size_t>(column) - 1, ' '),
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
                "POST", kSyncPath, ""),
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
                       kSyncPath),
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
  const std::string no_evidence =
      "the case is no evidence for clause 'sync.response.204': its "
      "request breaks ";
  const auto sync_case = [](const char* method, const char* path = kSyncPath,
                            const char* sign_in = "Bearer ${token}") {
    return SyncCase("[sync.response.204]", "delegated_work", "{status: 204}", method, path,
                    sign_in);
  };
  return {
      {"ASuccessOfAnotherMethod", sync_case("PUT"),
       AtRequest(sync_case("PUT"), 19, 3, no_evidence + "method", "the contract's is POST")},
      {"ASuccessOfAMistypedMethod", sync_case("post"),
       AtRequest(sync_case("post"), 19, 4, no_evidence + "method (post is not POST)",
                 "the contract's is POST")},
      {"ASuccessAtAMistypedPath", sync_case("POST", "/beta/deviceManagement/snyc"),
       AtRequest(sync_case("POST", "/beta/deviceManagement/snyc"), 31, 27, no_evidence + "path",
                 fmt::format("the contract's is {}", kSyncPath))},
      {"ASuccessOfAMistypedScheme", sync_case("POST", kSyncPath, "Baerer ${token}"),
       AtRequest(sync_case("POST", kSyncPath, "Baerer ${token}"), 110, 17,
                 no_evidence + "headers.Authorization",
                 "write Bearer ${token}, and an identity whose token is valid")},
      {"ASuccessOfTwoAuthorizations",
       sync_case("POST", kSyncPath, "Bearer ${token}', authorization: 'B"),
       AtRequest(sync_case("POST", kSyncPath, "Bearer ${token}', authorization: 'B"), 110, 17,
                 no_evidence + "headers.Authorization",
                 "write Bearer ${token}, and an identity whose token is valid")},
      {"ASuccessWithoutAuthorization",
       SyncCase("[sync.response.204]", "delegated_work", "{status: 204}", "POST", kSyncPath, ""),
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

TEST(Preview, PutsInWhatACellHoldsOnce) {
  Case of_rows;
  of_rows.columns = {"method", "other"};
  const Row row{"a", {"x${row.method}", "PUT"}, {}};
  EXPECT_EQ(Preview({"${row.method}-${row.other}-${token}-${uuid", {}}, of_rows, &row),
            "${row.method}-${row.other}-${token}-${uuid");
  EXPECT_EQ(Preview({"${row.method}-${row.other}-${token}-${capture.a}.", {}}, of_rows, &row),
            "x${row.method}-PUT-x-x.");
}

INSTANTIATE_TEST_SUITE_P(Kept, PlanEvidenceOf, testing::ValuesIn(KeptRules()),
                         [](const auto& param) { return param.param.name; });
INSTANTIATE_TEST_SUITE_P(Improper, PlanEvidenceOf, testing::ValuesIn(ImproperRules()),
                         [](const auto& param) { return param.param.name; });
INSTANTIATE_TEST_SUITE_P(Refused, PlanEvidenceOf, testing::ValuesIn(RefusedRules()),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
