#include "base/timestamp.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/date.h"

namespace conform {
namespace {

using std::chrono::minutes;

/// Digits alone, all of `text`.
std::optional<int> ReadNumber(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool digits = !text.empty() && text.front() >= '0' && text.front() <= '9';
  if (!digits || read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

/// `Z`, `+01:00`, `+0100`; what is to be taken from the local time.
std::optional<minutes> ReadOffset(std::string_view text) {
  if (text == "Z" || text == "z") return minutes(0);
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = ReadNumber(text.substr(1, 2));
  const auto rest = ReadNumber(text.substr(text[3] == ':' ? 4 : 3));
  if (!hours || !rest || *hours > 23 || *rest > 59) return std::nullopt;
  const minutes offset(*hours * 60 + *rest);
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> ParseTimestamp(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // how long `2026-11-24T22:54:03` is
  if (text.size() <= kSeconds || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto day = ParseDate(text.substr(0, 10));
  const auto hour = ReadNumber(text.substr(11, 2));
  const auto minute = ReadNumber(text.substr(14, 2));
  const auto second = ReadNumber(text.substr(17, 2));
  std::string_view rest = text.substr(kSeconds);
  int millisecond = 0;
  if (rest.starts_with('.')) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    std::string digits(rest.substr(1, std::min<std::size_t>(end - 1, 3)));
    digits.resize(3, '0');
    millisecond = ReadNumber(digits).value_or(0);
    rest.remove_prefix(end);
  }
  const auto offset = ReadOffset(rest);
  if (!day || !hour || !minute || !second || !offset) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::chrono::sys_seconds time =
      *day + std::chrono::hours(*hour) + minutes(*minute) + std::chrono::seconds(*second) - *offset;
  if (!IsWithinClock(std::chrono::floor<std::chrono::days>(time))) return std::nullopt;
  return time + std::chrono::milliseconds(millisecond);
}

}  // namespace conform
