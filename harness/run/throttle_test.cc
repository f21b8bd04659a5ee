#include "run/throttle.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct RetryRow {
  std::string name;
  std::string retry_after;  // empty: no such field
  int sent = 0;
  seconds spent{0};
  std::optional<milliseconds> wait;  // nothing: it is not asked again
};

const std::vector<RetryRow>& RetryRows() {
  static const std::vector<RetryRow> rows = {
      {"Seconds", "7", 0, seconds(0), seconds(7)},
      {"Date", "Thu, 01 Jan 1970 00:00:09 GMT", 0, seconds(0), seconds(9)},
      {"DateThatHasPassed", "Wed, 31 Dec 1969 23:59:59 GMT", 0, seconds(0), seconds(1)},
      {"DecimalsAreRoundedUp", "1.2", 0, seconds(0), seconds(2)},
      {"NoWaitIsASecond", "0", 0, seconds(0), seconds(1)},
      {"NonsenseIsASecond", "soon", 0, seconds(0), seconds(1)},
      {"ANegativeDelayIsASecond", "-5", 0, seconds(0), seconds(1)},
      {"InfinityIsNonsense", "inf", 0, seconds(0), seconds(1)},
      {"WithoutTheFieldTheWaitDoubles", "", 3, seconds(0), seconds(8)},
      {"UpToTheLimit", "60", 0, seconds(0), seconds(60)},
      {"NotPastIt", "61", 0, seconds(0), std::nullopt},
      {"WhatWasSpentCounts", "31", 2, seconds(30), std::nullopt},
      {"MoreThanCanBeCounted", "99999999999999999999", 0, seconds(0), std::nullopt},
      {"GrowsNoFurtherThanItCanBeHeld", "", 2'000'000'000, seconds(0), std::nullopt},
  };
  return rows;
}

class WaitBeforeRetryTest : public testing::TestWithParam<RetryRow> {};

TEST_P(WaitBeforeRetryTest, IsWhatTheServiceAsksFor) {
  const RetryRow& row = GetParam();
  Response response;
  response.status = 429;
  if (!row.retry_after.empty()) response.fields = {{"Retry-After", row.retry_after}};
  EXPECT_EQ(WaitBeforeRetry(response, row.sent, row.spent, seconds(60), {}), row.wait);
}

INSTANTIATE_TEST_SUITE_P(RetryAfter, WaitBeforeRetryTest, testing::ValuesIn(RetryRows()),
                         [](const auto& param) { return param.param.name; });

/// Whether a step that expects this status takes an answer for throttled.
bool Throttled(int status, const std::string& expected) {
  Step step;
  if (!expected.empty()) {
    Expectation expectation;
    expectation.statuses = {{expected, {}}};
    step.expectations = {expectation};
  }
  Response response;
  response.status = status;
  return IsThrottled(step, {}, response);
}

TEST(IsThrottled, MeansAnswersThatNoStepAskedFor) {
  EXPECT_TRUE(Throttled(429, "204"));
  EXPECT_TRUE(Throttled(503, ""));
  EXPECT_FALSE(Throttled(429, "429"));
  EXPECT_TRUE(Throttled(429, "4xx"));
  EXPECT_TRUE(Throttled(503, "5xx"));
  EXPECT_FALSE(Throttled(500, "204"));
}

}  // namespace
}  // namespace conform
