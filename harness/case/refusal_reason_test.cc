// What a request breaks of a described API, and whether a refusal would have its reason.
#include "case/refusal_reason.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "case/case_loader.h"

namespace conform {
namespace {

/// A change of notes, by key, with a condition and a cookie.
Contract NotesContract() {
  Contract contract;
  contract.operation = "notes.change";
  contract.server = "https://notes.example/v1";
  contract.method = "PATCH";
  contract.paths = {"/notes"};
  contract.parameters = {{"If-Match", Parameter::In::kHeader, true, nullptr},
                         {"visit", Parameter::In::kCookie, true, nullptr},
                         {"day", Parameter::In::kQuery, true, nullptr},
                         {"X-Key", Parameter::In::kHeader, true, nullptr, /*key=*/true}};
  contract.request_body.none = false;
  contract.request_body.content = {{"application/merge-patch+json", nullptr, nullptr}};
  return contract;
}

struct SentNote {
  const char* name;
  int status;
  const char* identity;
  const char* query;
  const char* headers;
  const char* broken;  ///< facts, each followed by a space.
  const char* kept;    ///< the rule for `status`; empty: none.
};

class RefusalOf : public testing::TestWithParam<SentNote> {};

TEST_P(RefusalOf, IsHeldAgainstWhatIsSent) {
  const SentNote& row = GetParam();
  const std::string text = fmt::format(
      "title: A\noperation: notes.change\nclauses: []\nidentity: {}\nrequest:\n  method: PATCH\n"
      "  path: /v1/notes\n  query: {{{}}}\n  headers: {{{}}}\n  body: {{json: {{}}}}\n"
      "response: {{observe: [status]}}\n",
      row.identity, row.query, row.headers);
  Diagnostics diagnostics;
  const auto loaded = LoadCase(std::make_shared<SourceText>("a.yaml", text), "a", diagnostics);
  ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
  const Contract contract = NotesContract();
  const Step& step = loaded->steps.front();
  const BrokenFacts broken = FindBrokenFacts(*loaded, nullptr, step, contract);
  std::string facts;
  for (const std::string& each : broken.facts) facts += each + " ";
  EXPECT_EQ(facts, row.broken);
  EXPECT_EQ(RuleKept(row.status, *loaded, nullptr, step, contract, broken), row.kept);
}

constexpr const char* kAllFields =
    "If-Match: '\"v1\"', Cookie: 'a=b; visit=v7', X-Key: '${token}', Content-Type: "
    "application/merge-patch+json";
constexpr const char* kDay = "day: monday";

constexpr SentNote kSentNotes[] = {
    {"GoodKey", 401, "delegated_work", kDay, kAllFields, "", "its request bears a good token"},
    {"MalformedKey", 401, "malformed", kDay, kAllFields, "parameters.X-Key ", ""},
    {"NoKey", 401, "delegated_work", kDay, "If-Match: '*', Cookie: visit=v7", "parameters.X-Key ",
     ""},
    {"AnotherKey", 401, "delegated_work", kDay, "If-Match: '*', Cookie: visit=v7, X-Key: mine",
     "parameters.X-Key ", ""},
    {"NoCookie", 400, "delegated_work", kDay, "If-Match: '*', Cookie: visi=t, X-Key: '${token}'",
     "parameters.visit ", ""},
    {"NoQuery", 400, "delegated_work", "", kAllFields, "parameters.day ", ""},
    {"NoCondition", 412, "delegated_work", kDay, "Cookie: visit=v7, X-Key: '${token}'",
     "parameters.If-Match ", "its request has no condition, such as If-Match"},
    {"Condition", 412, "delegated_work", kDay, kAllFields, "", ""},
    {"DocumentedType", 415, "delegated_work", kDay, kAllFields, "",
     "its content is of a documented media type"},
    {"OtherType", 415, "delegated_work", kDay,
     "If-Match: '*', Cookie: visit=v7, X-Key: '${token}', Content-Type: text/plain", "", ""},
    {"ConditionAsAsked", 428, "delegated_work", kDay, kAllFields, "",
     "its request has the condition that is asked for"},
    {"ConditionLeftOut", 428, "delegated_work", kDay, "Cookie: visit=v7, X-Key: '${token}'",
     "parameters.If-Match ", ""},
    {"OfOthersNobodyKnows", 409, "delegated_work", kDay, kAllFields, "", ""},
};

INSTANTIATE_TEST_SUITE_P(Rows, RefusalOf, testing::ValuesIn(kSentNotes),
                         [](const auto& row) { return row.param.name; });

struct SentType {
  const char* name;
  const char* type;  ///< of the content; empty: none is written.
  const char* told;  ///< `refused`, or `documented`, so that no 415 is earned.
  std::vector<int> answers = {415, 200};
  const char* documented = "application/json";
  const char* body = "{text: x}";
};

class OtherMediaTypeIs : public testing::TestWithParam<SentType> {};

TEST_P(OtherMediaTypeIs, RefusedWhereWhatItGetsIsPromised) {
  const SentType& row = GetParam();
  const std::string field = fmt::format("headers: {{Content-Type: '{}'}}", row.type);
  const std::string text = fmt::format(
      "title: A\noperation: notes.change\nclauses: []\nidentity: delegated_work\nrequest:\n"
      "  method: PATCH\n  path: /v1/notes\n  {}\n  body: {}\nresponse: {{observe: [status]}}\n",
      *row.type == '\0' ? "headers: {}" : field, row.body);
  Diagnostics diagnostics;
  const auto loaded = LoadCase(std::make_shared<SourceText>("a.yaml", text), "a", diagnostics);
  ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
  Contract contract = NotesContract();
  contract.parameters.clear();
  contract.request_body.content = {{row.documented, nullptr, nullptr}};
  for (const int status : row.answers) contract.responses.emplace_back().status = status;
  const Step& step = loaded->steps.front();
  const BrokenFacts broken = FindBrokenFacts(*loaded, nullptr, step, contract);
  const bool documented = !RuleKept(415, *loaded, nullptr, step, contract, broken).empty();
  EXPECT_EQ(
      fmt::format("{}{}", broken.IsRefused() ? "refused" : "", documented ? "documented" : ""),
      row.told);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OtherMediaTypeIs,
    testing::Values(SentType{"Other", "text/plain", "refused"},
                    SentType{"Documented", "Application/JSON; charset=utf-8", "documented"},
                    SentType{"OfARange", "text/plain", "documented", {415, 200}, "text/*"},
                    SentType{"WithoutAPromise", "text/plain", "", {404, 200}},
                    SentType{"Unwritten", "", ""},
                    SentType{"OfNothing", "text/plain", "", {415, 200}, "text/csv", "none"}),
    [](const auto& row) { return row.param.name; });

TEST(FindBrokenFacts, TakesContentWithoutATypeWhereAnyIsTaken) {
  const auto loaded = [] {
    Diagnostics diagnostics;
    return LoadCase(std::make_shared<SourceText>(
                        "a.yaml",
                        "title: A\noperation: notes.change\nclauses: []\nidentity: none\n"
                        "request: {method: PATCH, path: /v1/notes, body: {text: x}}\n"
                        "response: {observe: [status]}\n"),
                    "a", diagnostics);
  }();
  ASSERT_TRUE(loaded.has_value());
  for (const auto& [documented, breaks] :
       {std::pair{"*/*", false}, std::pair{"text/*", true}, std::pair{"text/plain", true}}) {
    Contract contract = NotesContract();
    contract.parameters.clear();
    contract.request_body.required = true;
    contract.request_body.content = {{documented, nullptr, nullptr}};
    EXPECT_EQ(FindBrokenFacts(*loaded, nullptr, loaded->steps.front(), contract).breaks_body,
              breaks)
        << documented;
  }
}

}  // namespace
}  // namespace conform
