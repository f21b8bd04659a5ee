#include "contract/schema_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conform {
namespace {

__extension__ using Wide = unsigned __int128;

/// `digits` times ten to the power `exponent`; the sign is no matter.
struct Decimal {
  Wide digits = 0;
  int exponent = 0;
};

/// Of the fewest digits that tell the number from all others.
Decimal DecimalOf(const nlohmann::json& number) {
  const std::string text =
      number.is_number_float() ? fmt::format("{}", number.get<double>()) : number.dump();
  Decimal decimal;
  bool behind_point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == 'e') {
      int power = 0;
      const std::size_t begin = text[i + 1] == '+' ? i + 2 : i + 1;
      std::from_chars(text.data() + begin, text.data() + text.size(), power);
      decimal.exponent += power;
      break;
    }
    if (c == '.') behind_point = true;
    if (c < '0' || c > '9') continue;
    decimal.digits = decimal.digits * 10 + static_cast<Wide>(c - '0');
    if (behind_point) --decimal.exponent;
  }
  return decimal;
}

/// The digits at a smaller exponent; nothing where they are more than fit.
std::optional<Wide> ScaledTo(const Decimal& decimal, int exponent) {
  constexpr Wide kMost = ~Wide{0} / 10;
  Wide digits = decimal.digits;
  for (int i = decimal.exponent; i > exponent && digits != 0; --i) {
    if (digits > kMost) return std::nullopt;
    digits *= 10;
  }
  return digits;
}

/// One that is written as a float and fits in a whole number.
bool IsWholeFloat(const nlohmann::json& value) {
  if (!value.is_number_float()) return false;
  constexpr double kLimit = 9'223'372'036'854'775'808.0;  // 2 to the power 63
  const double number = value.get<double>();
  return number >= -kLimit && number < kLimit && std::trunc(number) == number;
}

}  // namespace

void WriteWholeNumbers(nlohmann::json& value) {
  if (value.is_structured()) {
    for (auto& each : value) WriteWholeNumbers(each);
  } else if (IsWholeFloat(value)) {
    value = static_cast<std::int64_t>(value.get<double>());
  }
}

bool IsWholeNumber(const nlohmann::json& value) {
  if (!value.is_number_float()) return value.is_number();
  const double number = value.get<double>();
  return std::trunc(number) == number;
}

bool IsMultiple(const nlohmann::json& number, const nlohmann::json& of) {
  const Decimal a = DecimalOf(number);
  const Decimal b = DecimalOf(of);
  const int exponent = std::min(a.exponent, b.exponent);
  const auto digits = ScaledTo(a, exponent);
  const auto divisor = ScaledTo(b, exponent);
  if (digits && divisor && *divisor != 0) return *digits % *divisor == 0;
  // Too far apart to be told by digits.
  return std::remainder(number.get<double>(), of.get<double>()) == 0;
}

}  // namespace conform
