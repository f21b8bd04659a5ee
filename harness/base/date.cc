#include "base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace conform {
namespace {

namespace chrono = std::chrono;

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 7> kLongDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Takes text off the front; the first thing that does not fit makes it fail for good.
class Taker {
 public:
  explicit Taker(std::string_view text) : rest_(text) {}

  void Literal(std::string_view text) {
    if (!rest_.starts_with(text)) return Fail();
    rest_.remove_prefix(text.size());
  }
  /// Exactly `count` digits.
  int Digits(std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') return Fail(), 0;
      number = number * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return number;
  }
  /// The place of the name that comes next.
  template <std::size_t kCount>
  unsigned OneOf(const std::array<std::string_view, kCount>& names) {
    for (unsigned i = 0; i < kCount; ++i) {
      if (!rest_.starts_with(names[i])) continue;
      rest_.remove_prefix(names[i].size());
      return i;
    }
    return Fail(), 0;
  }
  bool Next(char c) const { return rest_.starts_with(c); }
  bool done() const { return ok_ && rest_.empty(); }

 private:
  void Fail() { ok_ = false; }

  std::string_view rest_;
  bool ok_ = true;
};

/// The parts of an HTTP date, before it is known that such a day exists.
struct Parts {
  unsigned weekday = 0;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  chrono::seconds time_of_day{0};
};

chrono::seconds TakeTime(Taker& taker) {
  const int hour = taker.Digits(2);
  taker.Literal(":");
  const int minute = taker.Digits(2);
  taker.Literal(":");
  const int second = taker.Digits(2);
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) taker.Literal("no such time");
  return chrono::hours(hour) + chrono::minutes(minute) + chrono::seconds(second);
}

std::optional<chrono::system_clock::time_point> ToTime(const Parts& parts) {
  const chrono::year_month_day date{chrono::year(parts.year), chrono::month(parts.month),
                                    chrono::day(parts.day)};
  if (!date.ok()) return std::nullopt;
  const chrono::sys_days day(date);
  if (chrono::weekday(day).c_encoding() != parts.weekday) return std::nullopt;
  if (!IsWithinClock(day)) {
    return day < chrono::sys_days() ? chrono::system_clock::time_point::min()
                                    : chrono::system_clock::time_point::max();
  }
  return chrono::system_clock::time_point(day + parts.time_of_day);
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
std::optional<chrono::system_clock::time_point> ParseImfFixdate(std::string_view text) {
  Taker taker(text);
  Parts parts;
  parts.weekday = taker.OneOf(kDays);
  taker.Literal(", ");
  parts.day = static_cast<unsigned>(taker.Digits(2));
  taker.Literal(" ");
  parts.month = taker.OneOf(kMonths) + 1;
  taker.Literal(" ");
  parts.year = taker.Digits(4);
  taker.Literal(" ");
  parts.time_of_day = TakeTime(taker);
  taker.Literal(" GMT");
  return taker.done() ? ToTime(parts) : std::nullopt;
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`: its day of the week tells which century is meant.
std::optional<chrono::system_clock::time_point> ParseRfc850Date(std::string_view text) {
  Taker taker(text);
  Parts parts;
  parts.weekday = taker.OneOf(kLongDays);
  taker.Literal(", ");
  parts.day = static_cast<unsigned>(taker.Digits(2));
  taker.Literal("-");
  parts.month = taker.OneOf(kMonths) + 1;
  taker.Literal("-");
  const int year = taker.Digits(2);
  taker.Literal(" ");
  parts.time_of_day = TakeTime(taker);
  taker.Literal(" GMT");
  if (!taker.done()) return std::nullopt;
  for (const int century : {2000, 1900}) {
    parts.year = century + year;
    if (const auto time = ToTime(parts)) return time;
  }
  return std::nullopt;
}

/// `Sun Nov  6 08:49:37 1994`
std::optional<chrono::system_clock::time_point> ParseAsctimeDate(std::string_view text) {
  Taker taker(text);
  Parts parts;
  parts.weekday = taker.OneOf(kDays);
  taker.Literal(" ");
  parts.month = taker.OneOf(kMonths) + 1;
  taker.Literal(" ");
  const bool one_digit = taker.Next(' ');
  if (one_digit) taker.Literal(" ");
  parts.day = static_cast<unsigned>(taker.Digits(one_digit ? 1 : 2));
  taker.Literal(" ");
  parts.time_of_day = TakeTime(taker);
  taker.Literal(" ");
  parts.year = taker.Digits(4);
  return taker.done() ? ToTime(parts) : std::nullopt;
}

/// Puts them in the place of as many characters.
void SetDigits(std::size_t at, std::size_t digits, std::int64_t value, std::string& text) {
  for (std::size_t i = at + digits; i > at; value /= 10) {
    text[--i] = static_cast<char>('0' + value % 10);
  }
}

/// `YYYY-MM-DD` at the front; its year has four digits.
void SetDate(const chrono::year_month_day& date, std::string& text) {
  SetDigits(0, 4, static_cast<int>(date.year()), text);
  SetDigits(5, 2, static_cast<unsigned>(date.month()), text);
  SetDigits(8, 2, static_cast<unsigned>(date.day()), text);
}

/// `HH:MM:SS`
template <typename Duration>
void SetClock(std::size_t at, const chrono::hh_mm_ss<Duration>& clock, std::string& text) {
  SetDigits(at, 2, clock.hours().count(), text);
  SetDigits(at + 3, 2, clock.minutes().count(), text);
  SetDigits(at + 6, 2, clock.seconds().count(), text);
}

}  // namespace

std::optional<chrono::sys_days> ParseDate(std::string_view text) {
  Taker taker(text);
  const chrono::year year(taker.Digits(4));
  taker.Literal("-");
  const chrono::month month(static_cast<unsigned>(taker.Digits(2)));
  if (taker.done()) {
    if (!month.ok()) return std::nullopt;
    return chrono::sys_days(year / month / chrono::last);
  }
  taker.Literal("-");
  const chrono::day day(static_cast<unsigned>(taker.Digits(2)));
  const chrono::year_month_day date = year / month / day;
  if (!taker.done() || !date.ok()) return std::nullopt;
  return chrono::sys_days(date);
}

std::string FormatDate(chrono::sys_days day) {
  const chrono::year_month_day date(day);
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9'999) {
    return fmt::format("{:04}-{:02}-{:02}", year, static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
  }
  std::string text = "0000-00-00";
  SetDate(date, text);
  return text;
}

std::int64_t CountMicroseconds(chrono::system_clock::time_point time) {
  return chrono::duration_cast<chrono::microseconds>(time.time_since_epoch()).count();
}

chrono::system_clock::time_point TimeOfMicroseconds(std::int64_t count) {
  using Clock = chrono::system_clock;
  return Clock::time_point(
      chrono::microseconds(std::clamp(count, CountMicroseconds(Clock::time_point::min()),
                                      CountMicroseconds(Clock::time_point::max()))));
}

bool IsWithinClock(chrono::sys_days day) {
  constexpr chrono::sys_days kFirst = chrono::year(1678) / 1 / 1;
  constexpr chrono::sys_days kEnd = chrono::year(2262) / 1 / 1;
  return day >= kFirst && day < kEnd;
}

std::string FormatTimestamp(chrono::system_clock::time_point time) {
  const auto whole = chrono::floor<chrono::milliseconds>(time);
  const auto day = chrono::floor<chrono::days>(whole);
  const chrono::hh_mm_ss clock(whole - day);
  std::string text = "0000-00-00T00:00:00.000Z";
  SetDate(chrono::year_month_day(day), text);
  SetClock(11, clock, text);
  SetDigits(20, 3, clock.subseconds().count(), text);
  return text;
}

std::string FormatHttpDate(chrono::system_clock::time_point time) {
  const auto whole = chrono::floor<chrono::seconds>(time);
  const auto day = chrono::floor<chrono::days>(whole);
  const chrono::year_month_day date(day);
  std::string text = "Day, 00 Mon 0000 00:00:00 GMT";
  kDays[chrono::weekday(day).c_encoding()].copy(text.data(), 3);
  SetDigits(5, 2, static_cast<unsigned>(date.day()), text);
  kMonths[static_cast<unsigned>(date.month()) - 1].copy(text.data() + 8, 3);
  SetDigits(12, 4, static_cast<int>(date.year()), text);
  SetClock(17, chrono::hh_mm_ss(whole - day), text);
  return text;
}

std::optional<chrono::system_clock::time_point> ParseHttpDate(std::string_view text) {
  if (const auto time = ParseImfFixdate(text)) return time;
  if (const auto time = ParseRfc850Date(text)) return time;
  return ParseAsctimeDate(text);
}

}  // namespace conform
