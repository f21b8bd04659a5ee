#include "base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <utility>

#include "base/byte_words.h"
#include "base/cut_mark.h"

namespace conform {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array<Range, 13> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x4DBF},
                                          {0x4E00, 0xA4CF},
                                          {0xA960, 0xA97C},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F64F},
                                          {0x1F680, 0x1F9FF},
                                          {0x20000, 0x3FFFD}}};

constexpr std::array<Range, 7> kCombining = {{{0x0300, 0x036F},
                                              {0x1AB0, 0x1AFF},
                                              {0x1DC0, 0x1DFF},
                                              {0x200B, 0x200D},
                                              {0x20D0, 0x20FF},
                                              {0xFE00, 0xFE0F},
                                              {0xFE20, 0xFE2F}}};

/// C1, bidirectional controls, line and paragraph separators, the byte order mark.
constexpr std::array<Range, 6> kHidden = {{{0x0080, 0x009F},
                                           {0x061C, 0x061C},
                                           {0x200E, 0x200F},
                                           {0x2028, 0x202E},
                                           {0x2066, 0x2069},
                                           {0xFEFF, 0xFEFF}}};

template <std::size_t kCount>
bool IsIn(const std::array<Range, kCount>& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [character](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

constexpr auto kIsNotAscii = [](ByteWord word) { return (word & kHighBits) != 0; };

/// Length of the ASCII text at the front, at least; eight bytes at a time.
std::size_t SkipAscii(std::string_view text) {
  std::size_t at = SkipWords(text, 0, kIsNotAscii);
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

constexpr char kHash = '#';
constexpr std::string_view kHashShown = "\\x23";

/// True for a byte that ShowText leaves alone without looking any further.
bool IsPlain(char byte) { return (byte >= ' ' && byte <= '~') || byte == '\n' || byte == '\t'; }

/// Whether a byte of eight is perhaps one that ShowLine and ShowText do not leave alone.
constexpr auto kIsOdd = [](ByteWord word) {
  return kHoldsUnprintable(word) || BytesEqual(word, '#') != 0;
};

/// Behind bytes from `at` on that ShowText leaves alone, whatever stands around them.
std::size_t SkipShown(std::string_view text, std::size_t at) { return SkipWords(text, at, kIsOdd); }

/// The second of `##` before a word and a bracket: `##vso[task.setvariable]`, `##[add-mask]` and
/// their like are obeyed by CI servers wherever they stand in a line of output.
bool IsCiCommand(std::string_view bytes, std::size_t at) {
  if (bytes[at] != '#' || at == 0 || bytes[at - 1] != '#') return false;
  do {
    ++at;
  } while (at < bytes.size() && std::isalpha(static_cast<unsigned char>(bytes[at])) != 0);
  return at < bytes.size() && bytes[at] == '[';
}

bool IsControl(char32_t value) {
  return (value < 0x20 && value != '\t' && value != '\n') || value == 0x7F;
}

bool IsHidden(char32_t value) {
  return IsIn(kHidden, value) || (value & 0xFFFE) == 0xFFFE || (value >= 0xFDD0 && value <= 0xFDEF);
}

/// Appends a character as it is shown: itself, or an escape that names it.
void AppendShown(const Character& character, std::string_view bytes, std::string& out) {
  const auto value = static_cast<std::uint32_t>(character.value);
  if (character.malformed || IsControl(value)) {
    fmt::format_to(std::back_inserter(out), "\\x{:02X}", value);
  } else if (IsHidden(value)) {
    fmt::format_to(std::back_inserter(out), "\\u{{{:04X}}}", value);
  } else {
    out += bytes;
  }
}

/// RFC 8259 §7: beyond the first plane as a pair of surrogates.
void AppendJsonEscape(std::uint32_t value, std::string& out) {
  constexpr std::uint32_t kPlane = 0x10000;
  if (value >= kPlane) {
    AppendJsonEscape(0xD800 + ((value - kPlane) >> 10U), out);
    value = 0xDC00 + ((value - kPlane) & 0x3FFU);
  }
  fmt::format_to(std::back_inserter(out), "\\u{:04x}", value);
}

/// `bytes` with what ShowText escapes as `append` writes it: a character, its bytes, and where to.
template <typename Append>
std::string ShowWith(std::string_view bytes, Append append) {
  std::string shown;
  shown.reserve(bytes.size());
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t start = at;
    at = SkipShown(bytes, at);
    while (at < bytes.size() && IsPlain(bytes[at]) && !IsCiCommand(bytes, at)) ++at;
    shown += bytes.substr(start, at - start);
    if (at == bytes.size()) break;
    const Character character = FirstCharacter(bytes.substr(at));
    append(character, bytes.substr(at, character.bytes), shown);
    at += character.bytes;
  }
  return shown;
}

}  // namespace

std::size_t CountCharacters(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += IsContinuation(byte) ? 0 : 1;
  return count;
}

Character FirstCharacter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const Character malformed{lead, 1, true};
  if (lead < 0x80) return {lead, 1, false};
  if (lead < 0xC2 || lead > 0xF4) return malformed;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return malformed;
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return malformed;
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return malformed;
  return {value, length, false};
}

std::optional<std::size_t> FindMalformedUtf8(std::string_view text) {
  if (NoneStops(text, kIsNotAscii)) return std::nullopt;
  std::size_t at = 0;
  while (true) {
    at += SkipAscii(text.substr(at));
    if (at == text.size()) return std::nullopt;
    const Character character = FirstCharacter(text.substr(at));
    if (character.malformed) return at;
    at += character.bytes;
  }
}

std::string_view CutAfter(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  constexpr std::size_t kMostContinuations = 3;
  std::size_t begin = most;
  while (begin > 0 && most - begin < kMostContinuations && IsContinuation(text[begin])) --begin;
  const bool splits = FirstCharacter(text.substr(begin)).bytes > most - begin;
  return text.substr(0, splits ? begin : most);
}

std::size_t TerminalWidth(char32_t character) {
  if (character < 0x300) return 1;
  if (IsIn(kCombining, character)) return 0;
  return IsIn(kWide, character) ? 2 : 1;
}

bool IsLineAsShown(std::string_view bytes) {
  if (NoneStops(bytes, kIsOdd)) return true;
  const std::size_t plain = SkipShown(bytes, 0);
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(plain), bytes.end(),
                     [](char byte) { return byte >= ' ' && byte <= '~'; }) &&
         bytes.find("##", plain) == std::string_view::npos;
}

std::string ShowText(std::string_view bytes) {
  return ShowWith(bytes, [](const Character& character, std::string_view own, std::string& out) {
    if (character.value == kHash) {
      out += kHashShown;
    } else {
      AppendShown(character, own, out);
    }
  });
}

std::string ShowJsonText(std::string_view json) {
  return ShowWith(json, [](const Character& character, std::string_view own, std::string& out) {
    const auto value = static_cast<std::uint32_t>(character.value);
    if (value == kHash || IsControl(value) || IsHidden(value)) {
      AppendJsonEscape(value, out);
    } else {
      out += own;
    }
  });
}

std::string ShowLineOf(std::string bytes, std::size_t max_characters) {
  if (bytes.size() <= max_characters && IsLineAsShown(bytes)) return bytes;
  return ShowLine(bytes, max_characters);
}

std::string ShowLine(std::string_view bytes, std::size_t max_characters) {
  if (bytes.size() <= max_characters && IsLineAsShown(bytes)) return std::string(bytes);
  std::string shown;
  std::size_t count = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const Character character = FirstCharacter(bytes.substr(at));
    const std::size_t before = shown.size();
    switch (character.value) {
      case '\t':
        shown += "\\t";
        break;
      case '\n':
        shown += "\\n";
        break;
      case '\r':
        shown += "\\r";
        break;
      case '#':
        shown += IsCiCommand(bytes, at) ? kHashShown : "#";
        break;
      default:
        AppendShown(character, bytes.substr(at, character.bytes), shown);
    }
    count += CountCharacters(std::string_view(shown).substr(before));
    if (count > max_characters) {
      shown.resize(before);
      return shown.append(kCutMark);
    }
    at += character.bytes;
  }
  return shown;
}

}  // namespace conform
