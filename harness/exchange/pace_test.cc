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

class SettableClock final : public Clock {
 public:
  std::chrono::system_clock::time_point Now() const override { return now_; }
  void Sleep(milliseconds duration) override {
    now_ += duration;
    slept_ += duration;
  }
  void Set(std::chrono::system_clock::time_point now) { now_ = now; }
  milliseconds slept() const { return slept_; }

 private:
  std::chrono::system_clock::time_point now_{std::chrono::hours(9)};
  milliseconds slept_{0};
};

TEST(Pace, GoesBackWithAClockThatIsSetBack) {
  SettableClock clock;
  Pace pace(1, clock);
  pace.Enter();
  clock.Set(clock.Now() - std::chrono::hours(1));
  pace.Enter();
  pace.Enter();
  EXPECT_EQ(clock.slept(), seconds(40));
}

TEST(Pace, WithoutALimitHoldsNobody) {
  EXPECT_EQ(Turns(0, 3, milliseconds(0)), (std::vector<long>{0, 0, 0}));
}

}  // namespace
}  // namespace conform
