#include "base/duration.h"

#include <gtest/gtest.h>

#include <ostream>

namespace conform {
namespace {

using std::chrono::milliseconds;

struct DurationRow {
  std::string_view name;
  std::string_view text;
  std::int64_t milliseconds;  // -1: no length of time
};
void PrintTo(const DurationRow& row, std::ostream* out) { *out << row.name; }

class ParseDurationReads : public testing::TestWithParam<DurationRow> {};
TEST_P(ParseDurationReads, Row) {
  const auto duration = ParseDuration(GetParam().text);
  EXPECT_EQ(duration ? duration->count() : -1, GetParam().milliseconds);
}

INSTANTIATE_TEST_SUITE_P(
    , ParseDurationReads,
    testing::Values(DurationRow{"Milliseconds", "250ms", 250}, DurationRow{"Seconds", "90s", 90000},
                    DurationRow{"Minutes", "10m", 600000}, DurationRow{"Hours", "1h", 3600000},
                    DurationRow{"Combined", "1m30s", 90000},
                    DurationRow{"AllUnits", "1h2m3s4ms", 3723004},
                    DurationRow{"TheLongest", "1000h", 3600000000},
                    DurationRow{"TheLongestInMilliseconds", "3600000000ms", 3600000000},
                    DurationRow{"TheShortest", "1ms", 1}, DurationRow{"ZeroBesides", "0h5s", 5000},
                    DurationRow{"NoZero", "0s", -1}, DurationRow{"NoLonger", "1000h1ms", -1},
                    DurationRow{"NoNumberThatOverflows", "99999999999999999999h", -1},
                    DurationRow{"NoNumberThatWrapsAround", "18446744073709551621ms", -1},
                    DurationRow{"NoOtherOrder", "30s1m", -1},
                    DurationRow{"NoUnitTwice", "1m1m", -1}, DurationRow{"NoBareNumber", "90", -1},
                    DurationRow{"NoBareUnit", "s", -1}, DurationRow{"NoOtherUnit", "1d", -1},
                    DurationRow{"NoCapital", "1H", -1}, DurationRow{"NoBlank", "1m 30s", -1},
                    DurationRow{"NoFraction", "1.5s", -1}, DurationRow{"NoSign", "-1s", -1},
                    DurationRow{"NoWord", "5 minutes", -1},
                    DurationRow{"NothingInNothing", "", -1}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FormatDuration, TakesTheShortestSpelling) {
  EXPECT_EQ(FormatDuration(milliseconds(0)), "0s");
  EXPECT_EQ(FormatDuration(milliseconds(1)), "1ms");
  EXPECT_EQ(FormatDuration(milliseconds(1500)), "1500ms");
  EXPECT_EQ(FormatDuration(milliseconds(60000)), "1m");
  EXPECT_EQ(FormatDuration(milliseconds(3600001)), "1h1ms");
  EXPECT_EQ(FormatDuration(milliseconds(90000)), "90s");
  EXPECT_EQ(FormatDuration(milliseconds(5400000)), "90m");
  EXPECT_EQ(FormatDuration(milliseconds(3600000)), "1h");
  EXPECT_EQ(FormatDuration(milliseconds(-90000)), "-90s");
}

TEST(FormatDuration, IsReadBackByParseDuration) {
  for (std::int64_t count = 1; count < 3'600'000'000; count = count * 3 + 1) {
    EXPECT_EQ(ParseDuration(FormatDuration(milliseconds(count))), milliseconds(count));
  }
}

}  // namespace
}  // namespace conform
