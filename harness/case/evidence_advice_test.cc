// What is told of a case that is no evidence for a clause, and of a step that is mistaken.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>

#include "case/case_loader.h"
#include "case/evidence.h"
#include "case/sample_sync_case.h"
#include "case/test.h"

namespace conform {
namespace {

struct AdviceRow {
  std::string name;
  std::string text;
  std::string told;  // the diagnostics
};

class EvidenceAdvice : public testing::TestWithParam<AdviceRow> {};

TEST_P(EvidenceAdvice, TellsTheMistakeAlone) {
  Diagnostics diagnostics;
  std::vector<Case> cases;
  auto loaded = LoadCase(std::make_shared<SourceText>("a.yaml", GetParam().text), "a", diagnostics);
  ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
  cases.push_back(std::move(*loaded));
  PlanTests(cases, BundledCatalog(), {true, std::nullopt}, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), GetParam().told);
}

/// At the third line of a case.
std::string AtListed(const std::string& list, std::size_t column, std::size_t length,
                     const std::string& message, const std::string& advice) {
  return fmt::format("a.yaml:3:{}: error: {}\n 3 | clauses: {}\n   | {}{}\n      {}\n", column,
                     message, list, std::string(column - 1, ' '), std::string(length, '^'), advice);
}

/// A case of the operation that creates a category and asks for its content as JSON.
std::string CreateCase(const std::string& fields, const std::string& response,
                       const std::string& clauses = "[category_create.response.201]") {
  return fmt::format(
      "title: A\noperation: deviceManagement.deviceCategories.create\nclauses: {}\n"
      "identity: delegated_work\nlimit: 9s\nrequest:\n  method: POST\n"
      "  path: /beta/deviceManagement/deviceCategories\n"
      "  headers: {{Authorization: 'Bearer ${{token}}'{}}}\n  body: {{json: {{displayName: A}}}}\n"
      "  omit: [Content-Type]\nresponse: {}\n",
      clauses, fields, response);
}

/// Content of another media type than the one that is asked for.
std::vector<AdviceRow> MediaTypeRows() {
  const std::string message =
      "the case is no evidence for clause 'category_create.response.201': its request breaks "
      "requestBody";
  const std::string advice = "write Content-Type: application/json";
  const std::string mistyped = ", Content-Type: application/jsn";
  const std::string created = "{status: 201}";
  return {
      {"ContentOfNoMediaType", CreateCase("", created),
       AtListed("[category_create.response.201]", 11, 28, message, advice)},
      {"ContentOfAMistypedMediaType", CreateCase(mistyped, created),
       fmt::format("a.yaml:9:61: error: {}\n 9 |   headers: {{Authorization: 'Bearer "
                   "${{token}}'{}}}\n   | {}{}\n      {}\n",
                   message, mistyped, std::string(60, ' '), std::string(15, '^'), advice)},
      {"ContentOfTheMediaType", CreateCase(", content-type: Application/JSON; a=b", created), ""},
      {"ContentOfATypeThatTheRunTells",
       CreateCase(", Content-Type: 'application/${var.x}'", created) + "vars: [x]\n", ""},
      {"AMistypedMediaTypeThatIsTried", CreateCase(mistyped, "{observe: [status]}", "[]"), ""},
  };
}

/// A step under `finally` that deletes a category.
std::string Finally(const std::string& operation, const std::string& id) {
  return fmt::format(
      "finally:\n  - name: away\n    operation: deviceManagement.deviceCategories.{}\n"
      "    request: {{method: DELETE, path: '/beta/deviceManagement/deviceCategories/{}', headers: "
      "{{Authorization: 'Bearer ${{token}}'}}, body: none}}\n    response: {{status: 204}}\n",
      operation, id);
}

/// Its request, shown as line 16.
std::string AtFinally(const std::string& id, std::size_t before, std::size_t blamed) {
  const std::string text = Finally("", id);
  const std::string line = text.substr(text.find("    request: "));
  return fmt::format(" 16 | {}\n    | {}{}\n", line.substr(0, line.find('\n')),
                     std::string(before, ' '), std::string(blamed, '^'));
}

std::vector<AdviceRow> StepRows() {
  const std::string json = ", Content-Type: application/json";
  const std::string both = "[category_create.response.201, category_delete.response.204]";
  return {
      {"AClauseOfAStepUnderFinally",
       CreateCase(json, "{status: 201}", both) + Finally("delete", "7"),
       AtListed(both, 41, 28, "the case is no evidence for clause 'category_delete.response.204'",
                "a step under 'finally' is no evidence: put it under 'steps'")},
      {"AMistypedOperation", CreateCase(json, "{status: 201}", both) + Finally("delte", "7"),
       "a.yaml:16:5: error: no contract of operation 'deviceManagement.deviceCategories.delte'\n" +
           AtFinally("7", 4, 7) +
           "      did you mean 'deviceManagement.deviceCategories.delete'?\n"},
      {"AParameterThatIsNotFilled",
       CreateCase(json, "{status: 201}") + Finally("delete", "{deviceCategoryId}"),
       "a.yaml:16:37: warning: '{deviceCategoryId}' is sent as it stands, where the contract's "
       "path has the parameter 'deviceCategoryId'\n" +
           AtFinally("{deviceCategoryId}", 36, 60) +
           "      write a value, or what a step captured, such as ${capture.id}\n"},
  };
}

INSTANTIATE_TEST_SUITE_P(MediaType, EvidenceAdvice, testing::ValuesIn(MediaTypeRows()),
                         [](const auto& param) { return param.param.name; });
INSTANTIATE_TEST_SUITE_P(Steps, EvidenceAdvice, testing::ValuesIn(StepRows()),
                         [](const auto& param) { return param.param.name; });

TEST(PlanEvidence, TellsWhatCanBeExpectedOfManyAnswers) {
  Catalog catalog = BundledCatalog();
  const auto make_about = [&](const char* about) {
    for (Contract& contract : catalog.contracts) {
      for (Clause& clause : contract.clauses) {
        if (clause.id == "sync.response.409") clause.about = about;
      }
    }
  };
  struct ManyRow {
    const char* about;
    const char* status;
    const char* advice;
  };
  constexpr const char* kUntold = "expect status: 4xx: no 5xx is evidence for it";
  constexpr const char* kNone = "leave it out of 'clauses': no 5xx can be brought about";
  for (const auto& [about, status, advice] :
       {ManyRow{"responses.default", "204", "expect status: 4xx"},
        ManyRow{"responses.default", "500", kUntold}, ManyRow{"responses.default", "5xx", kUntold},
        ManyRow{"responses.5XX", "204", kNone}, ManyRow{"responses.5XX", "5xx", kNone}}) {
    make_about(about);
    Diagnostics diagnostics;
    const std::string text =
        SyncCase("[sync.response.409]", "delegated_work", fmt::format("{{status: {}}}", status));
    const auto loaded = LoadCase(std::make_shared<SourceText>("a.yaml", text), "a", diagnostics);
    ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
    PlanEvidence(*loaded, nullptr, *catalog.Find(loaded->operation, "2024-08"), catalog,
                 diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(),
              AtListed("[sync.response.409]", 11, 17,
                       "the case is no evidence for clause 'sync.response.409'", advice));
  }
}

}  // namespace
}  // namespace conform
