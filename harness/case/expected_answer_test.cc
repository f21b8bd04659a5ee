// Which of a contract's answers a step expects, by the statuses that it names.
#include "case/expected_answer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>
#include <vector>

namespace conform {
namespace {

struct ExpectedRow {
  const char* name;
  std::initializer_list<const char*> statuses;
  const char* told;
};

void PrintTo(const ExpectedRow& row, std::ostream* out) { *out << row.name; }

class ExpectedAnswer : public testing::TestWithParam<ExpectedRow> {};

/// 200 with a schema, 201 without, 204, any refusal with one.
Contract MakeContract() {
  const MediaContent object{"application/json", {{"type", "object"}}};
  Contract contract;
  contract.method = "PUT";
  for (const int status : {201, 204, 200}) {
    ResponseRule& rule = contract.responses.emplace_back();
    rule.status = status;
    if (status != 200) rule.when = {Condition::Kind::kStated, "words", {}};
    if (status == 200) rule.content = {object};
    if (status == 201) rule.content = {MediaContent{"application/json"}};
  }
  ResponseRule refusal;
  refusal.range = "4XX";
  refusal.when = {Condition::Kind::kStated, "words", {}};
  refusal.content = {object};
  contract.responses.insert(contract.responses.begin(), refusal);
  return contract;
}

TEST_P(ExpectedAnswer, IsToldByItsStatuses) {
  const Contract contract = MakeContract();
  StatusSet statuses;
  for (const char* each : GetParam().statuses) ASSERT_TRUE(statuses.Add(each));
  std::string told;
  for (const char* about : {"200", "201", "204", "4XX"}) {
    if (ExpectsAnswer(statuses, fmt::format("responses.{}", about)))
      told += fmt::format("{} ", about);
  }
  if (ExpectsSuccess(statuses, contract)) told += "success ";
  if (ExpectsSchema(statuses, contract)) told += "schema ";
  EXPECT_EQ(told, GetParam().told);
}

const ExpectedRow kExpectedRows[] = {
    {"One", {"200"}, "200 success schema "},
    {"OneOfWords", {"201"}, "201 "},
    {"Several", {"200", "201"}, "200 201 success schema "},
    {"SeveralWithoutTheSuccess", {"201", "204"}, "201 204 "},
    {"AClass", {"2xx"}, "schema "},
    {"AClassBesideOne", {"2xx", "200"}, "schema "},
    {"ASuccessOrARefusal", {"200", "404"}, "schema "},
    {"ARefusal", {"4xx"}, "4XX schema "},
};

TEST(ExpectedAnswerOfAnySuccess, IsToldByTheClassAlone) {
  Contract contract = MakeContract();
  contract.responses.back().range = kAnySuccess;
  const std::pair<std::vector<const char*>, bool> rows[] = {
      {{"2xx"}, true}, {{"200"}, false}, {{"200", "201"}, false}, {{"2xx", "4xx"}, false}};
  for (const auto& [texts, expected] : rows) {
    StatusSet statuses;
    for (const char* each : texts) ASSERT_TRUE(statuses.Add(each));
    EXPECT_EQ(ExpectsSuccess(statuses, contract), expected) << texts.front();
    EXPECT_EQ(ExpectsAnswer(statuses, "responses.2XX"), expected) << texts.front();
  }
  StatusSet any;
  any.Add("2xx");
  EXPECT_TRUE(ExpectsSchema(any, contract));
}

INSTANTIATE_TEST_SUITE_P(Rows, ExpectedAnswer, testing::ValuesIn(kExpectedRows),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
