#include "base/date.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conform {
namespace {

namespace chrono = std::chrono;

/// 2026-11-24T22:54:03.120Z
constexpr chrono::system_clock::time_point kEvening{chrono::milliseconds(1795560843120)};

std::string ReadAndFormat(std::string_view text) {
  const auto day = ParseDate(text);
  return day ? FormatDate(*day) : "no date";
}

struct DateRow {
  std::string_view name;
  std::string_view text;
  std::string_view expected;
};
void PrintTo(const DateRow& row, std::ostream* out) { *out << row.name; }

class ParseDateReads : public testing::TestWithParam<DateRow> {};
TEST_P(ParseDateReads, Row) { EXPECT_EQ(ReadAndFormat(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(, ParseDateReads,
                         testing::Values(DateRow{"ADay", "2019-01-12", "2019-01-12"},
                                         DateRow{"AMonthAsItsLastDay", "2024-08", "2024-08-31"},
                                         DateRow{"ALeapFebruary", "2024-02", "2024-02-29"},
                                         DateRow{"AnOrdinaryFebruary", "2023-02", "2023-02-28"},
                                         DateRow{"TheLeapDay", "2024-02-29", "2024-02-29"},
                                         DateRow{"NoLeapDayIn2023", "2023-02-29", "no date"},
                                         DateRow{"NoMonth13", "2024-13", "no date"},
                                         DateRow{"NoMonth0", "2024-00-01", "no date"},
                                         DateRow{"NoDay0", "2024-01-00", "no date"},
                                         DateRow{"NoOneDigitMonth", "2024-8-01", "no date"},
                                         DateRow{"NoTextBehind", "2024-08-01 ", "no date"},
                                         DateRow{"NoSlashes", "2024/08/01", "no date"},
                                         DateRow{"NoYearAlone", "2024", "no date"},
                                         DateRow{"NoDashAtTheEnd", "2024-08-", "no date"},
                                         DateRow{"NothingInNothing", "", "no date"}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(FormatTimestamp, HasMillisecondsAndIsInUtc) {
  EXPECT_EQ(FormatTimestamp(kEvening), "2026-11-24T22:54:03.120Z");
  EXPECT_EQ(FormatTimestamp(chrono::system_clock::time_point{}), "1970-01-01T00:00:00.000Z");
}

TEST(FormatTimestamp, RoundsDownEvenBefore1970) {
  const chrono::system_clock::time_point just_before{chrono::microseconds(-1)};
  EXPECT_EQ(FormatTimestamp(just_before), "1969-12-31T23:59:59.999Z");
}

TEST(FormatHttpDate, WritesImfFixdate) {
  EXPECT_EQ(FormatHttpDate(kEvening), "Tue, 24 Nov 2026 22:54:03 GMT");
  EXPECT_EQ(FormatHttpDate(chrono::system_clock::time_point{}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

std::string ReadHttpDate(std::string_view text) {
  const auto time = ParseHttpDate(text);
  return time ? FormatTimestamp(*time) : "no date";
}

class ParseHttpDateReads : public testing::TestWithParam<DateRow> {};
TEST_P(ParseHttpDateReads, Row) { EXPECT_EQ(ReadHttpDate(GetParam().text), GetParam().expected); }

constexpr std::string_view kSunday = "1994-11-06T08:49:37.000Z";
INSTANTIATE_TEST_SUITE_P(
    , ParseHttpDateReads,
    testing::Values(
        DateRow{"ImfFixdate", "Sun, 06 Nov 1994 08:49:37 GMT", kSunday},
        DateRow{"Rfc850", "Sunday, 06-Nov-94 08:49:37 GMT", kSunday},
        DateRow{"Asctime", "Sun Nov  6 08:49:37 1994", kSunday},
        DateRow{"AsctimeOfTwoDigits", "Wed Nov 16 08:49:37 1994", "1994-11-16T08:49:37.000Z"},
        DateRow{"Rfc850OfThisCentury", "Tuesday, 24-Nov-26 22:54:03 GMT",
                "2026-11-24T22:54:03.000Z"},
        DateRow{"ALeapSecond", "Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00.000Z"},
        DateRow{"NoWrongDayOfTheWeek", "Mon, 06 Nov 1994 08:49:37 GMT", "no date"},
        DateRow{"NoOtherZone", "Sun, 06 Nov 1994 08:49:37 UTC", "no date"},
        DateRow{"NoOffset", "Sun, 06 Nov 1994 08:49:37 +0000", "no date"},
        DateRow{"NoOneDigitDay", "Sun, 6 Nov 1994 08:49:37 GMT", "no date"},
        DateRow{"NoLowerCase", "sun, 06 nov 1994 08:49:37 GMT", "no date"},
        DateRow{"NoHour24", "Sun, 06 Nov 1994 24:49:37 GMT", "no date"},
        DateRow{"NoMinute60", "Sun, 06 Nov 1994 08:60:37 GMT", "no date"},
        DateRow{"NoSecond61", "Sun, 06 Nov 1994 08:49:61 GMT", "no date"},
        DateRow{"NoDay31InNovember", "Thu, 31 Nov 1994 08:49:37 GMT", "no date"},
        DateRow{"NoBlankBehind", "Sun, 06 Nov 1994 08:49:37 GMT ", "no date"},
        DateRow{"NoDoubleBlank", "Sun,  06 Nov 1994 08:49:37 GMT", "no date"},
        DateRow{"NoNumber", "120", "no date"}, DateRow{"NothingInNothing", "", "no date"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ParseHttpDate, KeepsToTheClocksEndsWhereAYearIsBeyondThem) {
  EXPECT_EQ(ParseHttpDate("Fri, 31 Dec 9999 23:59:59 GMT"),
            chrono::system_clock::time_point::max());
  EXPECT_EQ(ParseHttpDate("Mon, 01 Jan 0001 00:00:00 GMT"),
            chrono::system_clock::time_point::min());
}

TEST(ParseHttpDate, ReadsWhatFormatHttpDateWrites) {
  for (int day = 0; day < 40000; day += 17) {
    const chrono::system_clock::time_point time(chrono::days(day) + chrono::seconds(day));
    EXPECT_EQ(ParseHttpDate(FormatHttpDate(time)), time) << FormatHttpDate(time);
  }
}

TEST(CountMicroseconds, IsReadBack) {
  EXPECT_EQ(CountMicroseconds(kEvening), 1'795'560'843'120'000);
  EXPECT_EQ(TimeOfMicroseconds(CountMicroseconds(kEvening)), kEvening);
  using Clock = std::chrono::system_clock;
  EXPECT_GT(TimeOfMicroseconds(INT64_MAX), Clock::time_point::max() - std::chrono::seconds(1));
  EXPECT_LT(TimeOfMicroseconds(INT64_MIN), Clock::time_point::min() + std::chrono::seconds(1));
}

}  // namespace
}  // namespace conform
