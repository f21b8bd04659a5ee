#include "verdict/condition.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

const std::optional<milliseconds> kNever;

struct ConditionRow {
  std::string name;
  TenantKnowledge known;
  Truth busy;      // while: in_progress, which lasts two minutes on the mock.
  Truth too_soon;  // within: 10m, of: success.
  std::string possible;
};

class HoldsTest : public testing::TestWithParam<ConditionRow> {};

TEST_P(HoldsTest, TellsWhatIsKnown) {
  const SampleBench bench(
      SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n"));
  const Contract& contract = bench.contract();
  const TenantKnowledge& known = GetParam().known;
  EXPECT_EQ(Holds(contract.responses[0].when, contract, known), GetParam().busy);
  EXPECT_EQ(Holds(contract.responses[1].when, contract, known), GetParam().too_soon);
  EXPECT_EQ(Holds(contract.responses[2].when, contract, known), Truth::kTrue);
  std::string possible;
  for (const ResponseRule* rule : PossibleAnswers(contract, known)) {
    possible += fmt::format("{}{}", possible.empty() ? "" : " ", rule->status);
  }
  EXPECT_EQ(possible, GetParam().possible);
}

constexpr Truth kFalse = Truth::kFalse;
constexpr Truth kTrue = Truth::kTrue;
constexpr Truth kUnknown = Truth::kUnknown;

INSTANTIATE_TEST_SUITE_P(
    Conditions, HoldsTest,
    testing::Values(
        ConditionRow{"NoSuccessYet", {kNever, true, false}, kFalse, kFalse, "204"},
        ConditionRow{"AtOnce", {milliseconds(0), true, false}, kTrue, kTrue, "409"},
        ConditionRow{
            "JustWithinTheState", {milliseconds(119'999), true, false}, kTrue, kTrue, "409"},
        ConditionRow{"AsTheStateEnds", {minutes(2), true, false}, kFalse, kTrue, "429"},
        ConditionRow{
            "JustWithinTheWindow", {milliseconds(599'999), true, false}, kFalse, kTrue, "429"},
        ConditionRow{"AsTheWindowEnds", {minutes(10), true, false}, kFalse, kFalse, "204"},
        ConditionRow{"OnATenantNothingIsKnownWithoutASuccessOfOurs",
                     {kNever, false, false},
                     kUnknown,
                     kUnknown,
                     "409 429 204"},
        ConditionRow{
            "OnATenantAWindowOfOursIsOpen", {minutes(5), false, false}, kUnknown, kTrue, "409 429"},
        ConditionRow{"OnATenantOthersMayHaveOpenedOneSince",
                     {minutes(10), false, false},
                     kUnknown,
                     kUnknown,
                     "409 429 204"},
        ConditionRow{"AClockInDoubtLeavesAllOpen",
                     {minutes(5), true, true},
                     kUnknown,
                     kUnknown,
                     "409 429 204"},
        ConditionRow{"AClockInDoubtOnATenantToo",
                     {minutes(5), false, true},
                     kUnknown,
                     kUnknown,
                     "409 429 204"}),
    [](const auto& row) { return row.param.name; });

TEST(Holds, OfWhatWordsAloneTellIsFalseOnAMockAndElseUnknown) {
  const Condition told = {Condition::Kind::kStated, "the shelf is moving", {}};
  EXPECT_EQ(Holds(told, Contract{}, {kNever, true, false}), Truth::kFalse);
  EXPECT_EQ(Holds(told, Contract{}, {kNever, true, true}), Truth::kFalse);
  EXPECT_EQ(Holds(told, Contract{}, {kNever, false, false}), Truth::kUnknown);
}

TEST(Holds, IsFalseOfAStateThatTheMockGivesNoTime) {
  const Condition moving = {Condition::Kind::kWhile, "moving", {}};
  EXPECT_EQ(Holds(moving, Contract{}, {milliseconds(1), true, false}), Truth::kFalse);
}

}  // namespace
}  // namespace conform
