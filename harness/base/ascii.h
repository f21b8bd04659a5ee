// Characters of ASCII, whatever the locale.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

/// What prints, but for the space: VCHAR of RFC 5234 appendix B.1.
constexpr bool IsVisible(char c) { return c > ' ' && c < '\x7f'; }

constexpr bool IsAlphanumeric(char c) { return IsLower(c) || IsUpper(c) || IsDigit(c); }

/// Letters, digits and `others`, by byte: for what is asked of every byte that comes or goes.
constexpr std::array<bool, 256> AlphanumericAnd(std::string_view others) {
  std::array<bool, 256> in{};
  for (std::size_t i = 0; i < in.size(); ++i) {
    const char c = static_cast<char>(i);
    in[i] = IsAlphanumeric(c) || others.find(c) != std::string_view::npos;
  }
  return in;
}

/// Others than A to Z stay as they are.
constexpr char ToLower(char c) { return IsUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c; }
inline std::string ToLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ToLower(c);
  return lower;
}

/// Whether `text` begins with `lower`, which has no upper-case letters, in whatever case.
constexpr bool StartsWithIgnoringCase(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (ToLower(text[i]) != lower[i]) return false;
  }
  return true;
}

/// 0 to 15; -1 for what is no hexadecimal digit.
constexpr int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = ToLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace conform
