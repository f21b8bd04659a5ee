#include "run/har_text.h"

#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "base/digest.h"

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

std::optional<std::chrono::system_clock::time_point> ParseHarTime(std::string_view text) {
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
  if (!IsWithinClock(std::chrono::floor<std::chrono::days>(*day - *offset))) return std::nullopt;
  return *day + std::chrono::hours(*hour) + minutes(*minute) + std::chrono::seconds(*second) +
         std::chrono::milliseconds(millisecond) - *offset;
}

std::optional<std::string> DecodeHarBase64(std::string_view text) {
  std::string url;
  url.reserve(text.size());
  for (const char c : text) {
    if (c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
    url += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  return DecodeBase64Url(url);
}

std::vector<int> FindEntryLines(std::string_view text) {
  struct Level {
    bool array = false;
    std::string_view key;  ///< of an object the member now read.
  };
  std::vector<Level> levels;
  std::vector<int> lines;
  int line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (c == '"') {
      const std::size_t begin = ++i;
      for (; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1 : 0;
      const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", i + 1), text.size());
      const bool is_key = next < text.size() && text[next] == ':';
      if (is_key && !levels.empty()) levels.back().key = text.substr(begin, i - begin);
    } else if (c == '{' || c == '[') {
      const bool entry = c == '{' && levels.size() == 3 && levels[2].array &&
                         levels[0].key == "log" && levels[1].key == "entries";
      if (entry) lines.push_back(line);
      levels.push_back({c == '[', ""});
    } else if ((c == '}' || c == ']') && !levels.empty()) {
      levels.pop_back();
    }
  }
  return lines;
}

}  // namespace conform
