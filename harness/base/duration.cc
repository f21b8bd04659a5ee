#include "base/duration.h"

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>

namespace conform {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

constexpr std::array<Unit, 4> kUnits = {{{"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::int64_t kLongest = 1000 * kUnits[0].milliseconds;
constexpr std::size_t kMaxDigits = 10;  // of the longest, in milliseconds

/// Takes leading digits off `text`; -1 where there are none or too many.
std::int64_t TakeNumber(std::string_view& text) {
  std::int64_t number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    if (digits == kMaxDigits) return -1;
    number = number * 10 + (text[digits] - '0');
    ++digits;
  }
  text.remove_prefix(digits);
  return digits == 0 ? -1 : number;
}

/// Takes a leading unit's name off `text` and returns its place in kUnits, or kUnits.size().
std::size_t TakeUnit(std::string_view& text) {
  std::size_t letters = 0;
  while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z') ++letters;
  const std::string_view name = text.substr(0, letters);
  text.remove_prefix(letters);
  std::size_t place = 0;
  while (place < kUnits.size() && kUnits[place].name != name) ++place;
  return place;
}

/// `rest` in the units of `allowed` alone; empty where they leave a remainder.
std::string Spell(std::int64_t rest, std::bitset<kUnits.size()> allowed) {
  std::string spelling;
  for (std::size_t place = 0; place < kUnits.size(); ++place) {
    const std::int64_t count = rest / kUnits[place].milliseconds;
    if (!allowed[place] || count == 0) continue;
    spelling += std::to_string(count);
    spelling += kUnits[place].name;
    rest %= kUnits[place].milliseconds;
  }
  return rest == 0 ? spelling : "";
}

}  // namespace

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const std::int64_t number = TakeNumber(text);
    const std::size_t unit = TakeUnit(text);
    if (number < 0 || unit < next_unit || unit == kUnits.size()) return std::nullopt;
    // Each product fits: ten digits times an hour is below 2^63.
    total += number * kUnits[unit].milliseconds;
    if (total > kLongest) return std::nullopt;
    next_unit = unit + 1;
  }
  if (total == 0) return std::nullopt;
  return std::chrono::milliseconds(total);
}

std::string FormatDuration(std::chrono::milliseconds duration) {
  if (duration.count() == 0) return "0s";
  const std::string sign = duration.count() < 0 ? "-" : "";
  const std::int64_t total = duration.count() < 0 ? -duration.count() : duration.count();
  std::string shortest;
  for (unsigned units = 1; units < 1U << kUnits.size(); ++units) {
    const std::string spelling = Spell(total, units);
    if (spelling.empty()) continue;
    if (shortest.empty() || spelling.size() < shortest.size()) shortest = spelling;
  }
  return sign + shortest;
}

}  // namespace conform
