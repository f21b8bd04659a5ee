#include "exchange/retry_after.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;

const std::chrono::system_clock::time_point kNoon =
    sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{12};

TEST(ParseRetryAfter, ReadsSecondsAndDates) {
  struct Row {
    std::string_view text;
    seconds delay;
  };
  const Row rows[] = {
      {"0", seconds{0}},
      {"120", seconds{120}},
      {"007", seconds{7}},
      {"99999999999999999999999999", std::chrono::years{1000}},
      {"Tue, 24 Nov 2026 12:02:00 GMT", seconds{120}},
      {"Tue, 24 Nov 2026 11:00:00 GMT", seconds{0}},
      {"Sun Nov  6 08:49:37 1194", seconds{0}},  // further than the clock counts
      {"Tuesday, 24-Nov-26 12:00:30 GMT", seconds{30}},
      {"Tue Nov 24 12:00:01 2026", seconds{1}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto retry_after = ParseRetryAfter(row.text);
    ASSERT_TRUE(retry_after.has_value());
    EXPECT_EQ(DelayFrom(*retry_after, kNoon), row.delay);
  }
}

TEST(ParseRetryAfter, RefusesWhatIsNeither) {
  for (const std::string_view text :
       {"", " ", "-1", "+1", "1.5", "1e3", "0x10", "10s", "10 ", " 10", "1,000", "10, 20", "soon",
        "PT10S", "2026-11-24T12:00:00Z", "Tue, 24 Nov 2026 12:00:00",
        "Tue, 24 Nov 2026 25:00:00 GMT", "Tue, 31 Feb 2026 12:00:00 GMT",
        "Tue, 24 Nov 2026 12:00:00 CET"}) {
    EXPECT_FALSE(ParseRetryAfter(text).has_value()) << text;
  }
}

TEST(DelayFrom, RoundsAPartOfASecondUp) {
  const auto retry_after = ParseRetryAfter("Tue, 24 Nov 2026 12:00:02 GMT");
  ASSERT_TRUE(retry_after.has_value());
  EXPECT_EQ(DelayFrom(*retry_after, kNoon + std::chrono::milliseconds{1}), seconds{2});
}

}  // namespace
}  // namespace conform
