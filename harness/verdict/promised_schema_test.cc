// Answers held against the schema that their contract states, and against one of several
// successes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_judging.h"

namespace conform {
namespace {

/// The sample contract with another success answer, and before it `more`.
std::string ContractOf(const std::string& content, const std::string& more = "") {
  std::string text = kSampleContract;
  const auto replace = [&](std::string_view from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("  204: {when: success, content: none}\n",
          more + "  200: {when: success, content: {" + content + "}}\n");
  replace("id: sync.204, about: responses.204", "id: sync.200, about: responses.200");
  return text;
}

struct SchemaRow {
  const char* name;
  const char* types;  ///< promised.
  const char* type;   ///< of the answer.
  const char* body;
  const char* told;  ///< of its finding, else its outcome.
};

void PrintTo(const SchemaRow& row, std::ostream* out) { *out << row.name; }

class PromisedSchema : public testing::TestWithParam<SchemaRow> {};

TEST_P(PromisedSchema, IsThatOfTheAnswersMediaType) {
  const SampleBench bench(SampleCase("[sync.200]", "delegated_work", kWithToken,
                                     "  status: 200\n  body: {schema: contract}\n"),
                          ContractOf(GetParam().types));
  Fields fields = SoundFields();
  if (*GetParam().type != '\0') fields.push_back({"Content-Type", GetParam().type});
  const Verdict verdict = JudgeAll(bench, {{SampleAttempt(200, fields, GetParam().body)}});
  const std::string told = verdict.findings.empty() ? std::string(NameOf(verdict.outcome))
                                                    : verdict.findings.front().message;
  EXPECT_EQ(told, GetParam().told);
}

constexpr SchemaRow kSchemaRows[] = {
    {"Kept", "application/json: {schema: {type: object, required: [state]}}", "application/json",
     R"({"state": 1})", "pass"},
    {"Broken", "application/json: {schema: {type: object, required: [state]}}", "application/json",
     "{}", "body/state is absent, the contract promises what its schema says: a required member"},
    {"NoJson", "application/json: {schema: {type: object, required: [state]}}", "application/json",
     "<p>", "body is not JSON at byte 1, the contract promises JSON"},
    {"OfTheOneThatCame",
     "application/json: {schema: {type: object}}, application/a+json: {schema: {type: array}}",
     "application/a+json", "{}",
     "body is {}, the contract promises what its schema says: type array"},
    {"OfATypeWithoutASchema", "application/json: {schema: {type: object}}, text/csv: {}",
     "text/csv", "a,b", "pass"},
    {"OfAText", "application/json: {schema: {type: object}}, text/csv: {schema: {type: string}}",
     "text/csv", "a,b", "pass"},
    {"OfAnyTypeWithoutAType", "'*/*': {schema: {type: object, required: [state]}}", "", "",
     "body is not JSON at byte 1, the contract promises JSON"},
    {"OfAnyType", "'*/*': {schema: {type: object, required: [state]}}", "text/html", "<p>",
     "body is not JSON at byte 1, the contract promises JSON"},
};

INSTANTIATE_TEST_SUITE_P(Rows, PromisedSchema, testing::ValuesIn(kSchemaRows),
                         [](const auto& param) { return param.param.name; });

struct SuccessRow {
  const char* name;
  int status;
  const char* body;
  const char* told;
};

void PrintTo(const SuccessRow& row, std::ostream* out) { *out << row.name; }

class SeveralSuccesses : public testing::TestWithParam<SuccessRow> {};

TEST_P(SeveralSuccesses, AreJudgedByTheClauseOfTheOneThatCame) {
  const std::string created =
      "  201: {when: {if: it is new}, content: {application/json: {schema: {type: object, "
      "required: [id]}}}}\n";
  std::string contract =
      ContractOf("application/json: {schema: {type: object, required: [state]}}", created);
  contract +=
      "  - {id: sync.201, about: responses.201, binds: service, strength: must, says: New is 201., "
      "source: {heading: Sync, line: 15, fingerprint: 0123456789abcdef}}\n";
  const SampleBench bench(SampleCase("[sync.200, sync.201]", "delegated_work", kWithToken,
                                     "  status: [200, 201]\n  body: {schema: contract}\n"),
                          contract);
  Fields fields = SoundFields();
  fields.push_back({"Content-Type", "application/json"});
  EXPECT_EQ(Tell(JudgeAll(bench, {{SampleAttempt(GetParam().status, fields, GetParam().body)}})),
            GetParam().told);
}

constexpr SuccessRow kSuccessRows[] = {
    {"TheFirst", 200, R"({"state": 1})",
     "pass\n  kept http.date http.wire graph.request_id sync.200\n  success"},
    {"TheOther", 201, R"({"id": 1})",
     "pass\n  kept http.date http.wire graph.request_id sync.201\n  success"},
    {"TheOtherWithAnothersContent", 201, R"({"state": 1})",
     "fail\n  sync.201 (must): body/id is absent, the contract promises what its schema says: a "
     "required member\n  kept http.date http.wire graph.request_id\n  broken sync.201\n  success"},
    {"None", 404, "{}",
     "fail\n  sync.200 (must): status is 404, the contract promises 200 or 201\n  kept http.date "
     "http.wire graph.request_id\n  broken sync.200"},
};

INSTANTIATE_TEST_SUITE_P(Rows, SeveralSuccesses, testing::ValuesIn(kSuccessRows),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
