#include "base/yaml_node.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "base/utf8.h"

namespace conform {
namespace {

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

std::string_view SkipDigits(std::string_view text) {
  while (!text.empty() && IsDigit(text[0])) text.remove_prefix(1);
  return text;
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?` of YAML 1.2.2 §10.3.2.
bool IsDecimal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::string_view rest = SkipDigits(text);
  std::size_t digits = text.size() - rest.size();
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    const std::string_view after = SkipDigits(rest);
    digits += rest.size() - after.size();
    rest = after;
  }
  if (digits == 0) return false;
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    if (rest.empty() || !IsDigit(rest[0])) return false;
    rest = SkipDigits(rest);
  }
  return rest.empty();
}

/// The digits' value in `base`; a number too large for 64 bits becomes a double.
nlohmann::json UnsignedNumber(std::string_view digits, int base) {
  std::uint64_t whole = 0;
  const char* const end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, whole, base).ec == std::errc()) {
    // Signed wherever that holds it, as for decimal numbers.
    if (whole <= INT64_MAX) return static_cast<std::int64_t>(whole);
    return whole;
  }
  double approximate = 0;
  for (const char c : digits) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    approximate = approximate * base + digit;
  }
  return approximate;
}

/// `0x1F` and `0o17`.
bool IsPrefixed(std::string_view text) {
  if (!text.starts_with("0x") && !text.starts_with("0o")) return false;
  const std::string_view allowed = text[1] == 'x' ? "0123456789abcdefABCDEF" : "01234567";
  const std::string_view digits = text.substr(2);
  return !digits.empty() && digits.find_first_not_of(allowed) == std::string_view::npos;
}

/// Null where `text` is none, or none that JSON can hold.
nlohmann::json PrefixedNumber(std::string_view text) {
  if (!IsPrefixed(text)) return nullptr;
  nlohmann::json number = UnsignedNumber(text.substr(2), text[1] == 'x' ? 16 : 8);
  if (number.is_number_float() && !std::isfinite(number.get<double>())) return nullptr;
  return number;
}

/// A number of the core schema; null where `text` is none, or none that JSON can hold.
nlohmann::json Number(std::string_view text) {
  if (nlohmann::json prefixed = PrefixedNumber(text); !prefixed.is_null()) return prefixed;
  if (!IsDecimal(text)) return nullptr;
  // from_chars knows no plus sign.
  if (text.starts_with('+')) text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(text.data(), end, whole);
      read.ec == std::errc() && read.ptr == end) {
    return whole;
  }
  std::uint64_t large = 0;
  if (const auto read = std::from_chars(text.data(), end, large);
      read.ec == std::errc() && read.ptr == end) {
    return large;
  }
  // Too large for a double is an error here: no infinity comes of it.
  double real = 0;
  const auto read = std::from_chars(text.data(), end, real);
  if (read.ec != std::errc() || read.ptr != end) return nullptr;
  return real;
}

nlohmann::json PlainScalar(const std::string& text) {
  if (text.empty()) return nullptr;
  if (IsOneOf(text, {"true", "True", "TRUE"})) return true;
  if (IsOneOf(text, {"false", "False", "FALSE"})) return false;
  if (IsOneOf(text, {"~", "null", "Null", "NULL"})) return nullptr;
  nlohmann::json number = Number(text);
  if (!number.is_null()) return number;
  return text;
}

}  // namespace

const YamlNode* YamlNode::Find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

nlohmann::json ToJson(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return nullptr;
    case YamlNode::Kind::kScalar:
      return node.quoted ? nlohmann::json(node.scalar) : PlainScalar(node.scalar);
    case YamlNode::Kind::kSequence: {
      nlohmann::json list = nlohmann::json::array();
      for (const YamlNode& item : node.items) list.push_back(ToJson(item));
      return list;
    }
    case YamlNode::Kind::kMapping: {
      nlohmann::json object = nlohmann::json::object();
      for (const YamlEntry& entry : node.entries) object[entry.key] = ToJson(entry.value);
      return object;
    }
  }
  return nullptr;
}

bool HoldsNumber(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar || node.quoted) return true;
  const std::string_view text = node.scalar;
  const bool decimal = IsDecimal(text);
  if (!decimal && !IsPrefixed(text)) return true;
  const nlohmann::json value = ToJson(node);
  const bool whole = !decimal || text.find_first_of(".eE") == std::string_view::npos;
  return whole ? value.is_number_integer() : value.is_number();
}

std::string_view DescribeKind(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kSequence:
      return "a list";
    case YamlNode::Kind::kMapping:
      return "a mapping";
    case YamlNode::Kind::kScalar:
      break;
  }
  const nlohmann::json value = ToJson(node);
  if (value.is_null()) return "nothing";
  if (value.is_boolean()) return "true or false";
  return value.is_number() ? "a number" : "text";
}

std::string DescribeValue(const YamlNode& node) {
  constexpr std::size_t kMostShown = 60;
  if (node.kind != YamlNode::Kind::kScalar) return std::string(DescribeKind(node));
  return "'" + ShowLine(node.scalar, kMostShown) + "'";
}

}  // namespace conform
