#include "exchange/pace.h"

#include <gtest/gtest.h>

#include <vector>

namespace conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// When each of `count` requests was let through, in milliseconds from the first.
std::vector<long> Turns(int requests, int count, milliseconds apart) {
  ManualClock clock{std::chrono::system_clock::time_point{}};
  const auto began = clock.Now();
  Pace pace(requests, clock);
  std::vector<long> turns;
  for (int i = 0; i < count; ++i) {
    pace.Enter();
    turns.push_back(std::chrono::duration_cast<milliseconds>(clock.Now() - began).count());
    clock.Sleep(apart);
  }
  return turns;
}

TEST(Pace, LetsNoMoreThroughThanTheWindowHolds) {
  EXPECT_EQ(Turns(2, 5, milliseconds(0)), (std::vector<long>{0, 0, 20'000, 20'000, 40'000}));
}

TEST(Pace, HoldsNobodyWhoIsSlowEnough) {
  EXPECT_EQ(Turns(2, 4, seconds(10)), (std::vector<long>{0, 10'000, 20'000, 30'000}));
}

TEST(Pace, WithoutALimitHoldsNobody) {
  EXPECT_EQ(Turns(0, 3, milliseconds(0)), (std::vector<long>{0, 0, 0}));
}

}  // namespace
}  // namespace conform
