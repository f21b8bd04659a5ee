#include "mock/tenant_states.h"

#include <gtest/gtest.h>

#include "mock/sample_contracts.h"

namespace conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const TenantStates::Time kFirstCall{std::chrono::hours(500'000)};

Faults With(const char* fault) { return Faults::Plant({fault}).value(); }

struct PastRow {
  const char* name;
  milliseconds since_success;
  int status;
  std::optional<milliseconds> left;
};

class TenantStatesAnswer : public testing::TestWithParam<PastRow> {};

TEST_P(TenantStatesAnswer, ByTheTimeSinceTheLastSuccess) {
  const Contract contract = SampleAction();
  TenantStates states;
  EXPECT_EQ(states.Try(contract, "t", kFirstCall, {}).response->status, 204);
  const Promise promise = states.Try(contract, "t", kFirstCall + GetParam().since_success, {});
  EXPECT_EQ(promise.response->status, GetParam().status);
  EXPECT_EQ(promise.left, GetParam().left);
}

INSTANTIATE_TEST_SUITE_P(Table, TenantStatesAnswer,
                         testing::Values(PastRow{"AtOnce", minutes(0), 409, minutes(2)},
                                         PastRow{"LastMillisecondOfTheState", milliseconds(119'999),
                                                 409, milliseconds(1)},
                                         PastRow{"StateIsOver", minutes(2), 429, minutes(8)},
                                         PastRow{"LastMillisecondOfTheWindow",
                                                 milliseconds(599'999), 429, milliseconds(1)},
                                         PastRow{"WindowIsOver", minutes(10), 204, std::nullopt}),
                         [](const testing::TestParamInfo<PastRow>& row) { return row.param.name; });

TEST(TenantStates, ARefusedCallDoesNotProlongTheWindow) {
  const Contract contract = SampleAction();
  TenantStates states;
  states.Try(contract, "t", kFirstCall, {});
  EXPECT_EQ(states.Try(contract, "t", kFirstCall + minutes(9), {}).response->status, 429);
  EXPECT_EQ(states.Try(contract, "t", kFirstCall + minutes(10), {}).response->status, 204);
  EXPECT_EQ(states.Try(contract, "t", kFirstCall + minutes(13), {}).response->status, 429);
}

TEST(TenantStates, ASuccessThatWasNoneLeavesThePastAsItWas) {
  const Contract contract = SampleAction();
  TenantStates states;
  const Promise first = states.Try(contract, "t", kFirstCall, {});
  states.Withdraw(contract, "t", first);
  EXPECT_EQ(states.SinceSuccess(contract.operation, "t", kFirstCall), std::nullopt);
  states.Try(contract, "t", kFirstCall, {});
  const Promise later = states.Try(contract, "t", kFirstCall + minutes(20), {});
  states.Withdraw(contract, "t", later);
  EXPECT_EQ(states.SinceSuccess(contract.operation, "t", kFirstCall + minutes(20)), minutes(20));
  // What was refused for a condition was no success to begin with.
  const Promise refused = states.Try(contract, "t", kFirstCall + minutes(1), {});
  states.Withdraw(contract, "t", refused);
  EXPECT_EQ(states.SinceSuccess(contract.operation, "t", kFirstCall + minutes(20)), minutes(20));
}

TEST(TenantStates, ATenantForgottenHasNoPastAndTheRealClock) {
  const Contract contract = SampleAction();
  TenantStates states;
  states.Try(contract, "t", kFirstCall, {});
  states.Try(contract, "other", kFirstCall, {});
  states.Advance("t", minutes(9));
  states.Forget("t");
  EXPECT_EQ(states.SinceSuccess(contract.operation, "t", kFirstCall), std::nullopt);
  EXPECT_EQ(states.Try(contract, "t", kFirstCall, {}).response->status, 204);
  EXPECT_EQ(states.SinceSuccess(contract.operation, "t", kFirstCall), milliseconds(0));
  EXPECT_EQ(states.Try(contract, "other", kFirstCall, {}).response->status, 409);
}

TEST(TenantStates, TenantsAndOperationsDoNotDisturbEachOther) {
  const Contract contract = SampleAction();
  Contract other = SampleAction();
  other.operation = "things.other";
  TenantStates states;
  EXPECT_EQ(states.Try(contract, "a", kFirstCall, {}).response->status, 204);
  EXPECT_EQ(states.Try(contract, "b", kFirstCall, {}).response->status, 204);
  EXPECT_EQ(states.Try(other, "a", kFirstCall, {}).response->status, 204);
  EXPECT_EQ(states.Try(contract, "a", kFirstCall, {}).response->status, 409);
}

TEST(TenantStates, AnUnknownTenantHasNoPast) {
  const Contract contract = SampleAction();
  TenantStates states;
  EXPECT_EQ(states.Try(contract, "", kFirstCall, {}).response->status, 204);
  EXPECT_EQ(states.Try(contract, "", kFirstCall, {}).response->status, 204);
}

TEST(TenantStates, AdvanceMovesOneTenantsClock) {
  const Contract contract = SampleAction();
  TenantStates states;
  for (const char* tenant : {"a", "b"}) states.Try(contract, tenant, kFirstCall, {});
  states.Advance("a", minutes(4));
  states.Advance("a", minutes(6));
  EXPECT_EQ(states.Try(contract, "a", kFirstCall, {}).response->status, 204);
  EXPECT_EQ(states.Try(contract, "b", kFirstCall, {}).response->status, 409);
}

TEST(TenantStates, FaultsForgetOrProlongConditions) {
  const Contract contract = SampleAction();
  const auto status_after = [&](const char* fault, milliseconds since) {
    TenantStates states;
    states.Try(contract, "t", kFirstCall, With(fault));
    return states.Try(contract, "t", kFirstCall + since, With(fault)).response->status;
  };
  EXPECT_EQ(status_after("conflict_never_sent", seconds(1)), 204);
  EXPECT_EQ(status_after("conflict_never_sent", minutes(3)), 429);
  EXPECT_EQ(status_after("throttle_never_sent", seconds(1)), 409);
  EXPECT_EQ(status_after("throttle_never_sent", minutes(3)), 204);
  EXPECT_EQ(status_after("throttle_too_long", seconds(1)), 409);
  EXPECT_EQ(status_after("throttle_too_long", std::chrono::hours(24)), 429);
}

}  // namespace
}  // namespace conform
