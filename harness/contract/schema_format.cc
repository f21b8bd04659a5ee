#include "contract/schema_format.h"

#include <arpa/inet.h>
#include <re2/re2.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "base/date.h"
#include "base/json_order.h"
#include "contract/schema_numbers.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr std::size_t kDateSize = 10;

bool IsDate(const std::string& text) {
  // ParseDate takes a month, too.
  return text.size() == kDateSize && ParseDate(text).has_value();
}

/// RFC 3339 §5.6; a second 60 is the last of a UTC day (§5.7).
bool IsTime(const std::string& text) {
  static const re2::RE2 kTime(
      R"(([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d)))");
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string sign;
  std::string hours;
  std::string minutes;
  if (!re2::RE2::FullMatch(text, kTime, &hour, &minute, &second, &sign, &hours, &minutes)) {
    return false;
  }
  if (second < 60) return true;
  constexpr int kDay = 24 * 60;
  const int offset = sign.empty() ? 0 : std::stoi(hours) * 60 + std::stoi(minutes);
  const int utc = hour * 60 + minute - (sign == "-" ? -offset : offset);
  return (utc + kDay) % kDay == kDay - 1;
}

bool IsDateTime(const std::string& text) {
  return text.size() > kDateSize && (text[kDateSize] == 'T' || text[kDateSize] == 't') &&
         IsDate(text.substr(0, kDateSize)) && IsTime(text.substr(kDateSize + 1));
}

template <int family>
bool IsAddress(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  // A NUL would end what is looked at.
  return text.find('\0') == std::string::npos &&
         ::inet_pton(family, text.c_str(), address.data()) == 1;
}

bool IsEmail(const std::string& text) {
  static const re2::RE2 kEmail(R"([^\s@]+@[^\s@]+|"[^"]+"@[^\s@]+)");
  return re2::RE2::FullMatch(text, kEmail);
}

/// With a scheme; of its characters those are refused that RFC 3986 has nowhere, and a '%' without
/// two hexadecimal digits (§2.1).
bool IsUri(const std::string& text) {
  static const re2::RE2 kUri(
      R"([A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20"%<>\\^`{|}\x7f-\x{10FFFF}]|%[0-9A-Fa-f]{2})*)");
  return re2::RE2::FullMatch(text, kUri);
}

bool IsUuid(const std::string& text) {
  static const re2::RE2 kUuid(R"([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})");
  return re2::RE2::FullMatch(text, kUuid);
}

struct TextFormat {
  std::string_view name;
  bool (*has)(const std::string& text);
};

constexpr std::array kTextFormats = {
    TextFormat{"date", IsDate},
    TextFormat{"date-time", IsDateTime},
    TextFormat{"email", IsEmail},
    TextFormat{"ipv4", IsAddress<AF_INET>},
    TextFormat{"ipv6", IsAddress<AF_INET6>},
    TextFormat{"time", IsTime},
    TextFormat{"uri", IsUri},
    TextFormat{"uuid", IsUuid},
};

template <typename Number>
bool IsWithin(const json& value) {
  return IsWholeNumber(value) && OrderJson(value, std::numeric_limits<Number>::min()) >= 0 &&
         OrderJson(value, std::numeric_limits<Number>::max()) <= 0;
}

}  // namespace

bool KeepsFormat(std::string_view name, const json& value) {
  if (value.is_number()) {
    if (name == "int32") return IsWithin<std::int32_t>(value);
    return name != "int64" || IsWithin<std::int64_t>(value);
  }
  if (!value.is_string()) return true;
  for (const TextFormat& format : kTextFormats) {
    if (format.name == name) return format.has(value.get_ref<const std::string&>());
  }
  return true;
}

}  // namespace conform
