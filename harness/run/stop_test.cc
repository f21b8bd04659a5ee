#include "run/stop.h"

#include <gtest/gtest.h>

#include <chrono>

namespace conform {
namespace {

TEST(Stop, KeepsTheFirstReason) {
  Stop stop;
  EXPECT_FALSE(stop.IsRequested());
  EXPECT_EQ(stop.Reason(), "");
  stop.Request("first");
  stop.Request("second");
  EXPECT_TRUE(stop.IsRequested());
  EXPECT_EQ(stop.Reason(), "first");
}

TEST(Stop, ComesWhenItsTimeHas) {
  Stop later;
  later.RequestAfter(std::chrono::hours(1), "late");
  EXPECT_FALSE(later.IsRequested());
  Stop now;
  now.RequestAfter(std::chrono::milliseconds(0), "late");
  EXPECT_EQ(now.Reason(), "late");
}

TEST(StoppableClock, SleepsNoLongerThanUntilTheStop) {
  const std::chrono::system_clock::time_point start{};
  ManualClock manual(start);
  Stop stop;
  StoppableClock clock(manual, stop);
  clock.Sleep(std::chrono::milliseconds(250));
  EXPECT_EQ(clock.Now() - start, std::chrono::milliseconds(250));
  stop.Request("enough");
  clock.Sleep(std::chrono::hours(1));
  EXPECT_EQ(clock.Now() - start, std::chrono::milliseconds(250));
}

}  // namespace
}  // namespace conform
