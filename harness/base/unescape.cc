#include "base/unescape.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace conform {
namespace {

/// What an escape stands for.
struct Escape {
  std::size_t bytes = 0;  ///< its own.
  char32_t character = 0;
  bool is_byte = false;  ///< of no encoding: `character` is a byte.
};

constexpr std::string_view kStarters = "%\\&~";
constexpr std::string_view kShellApostrophe = "'\\''";

struct Named {
  std::string_view name;
  char stands_for;
};
constexpr Named kEntities[] = {
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
struct Letter {
  char letter;
  char stands_for;
};
/// Behind a reverse solidus.
constexpr std::array<Letter, 9> kLetters = {{{'"', '"'},
                                             {'\\', '\\'},
                                             {'n', '\n'},
                                             {'/', '/'},
                                             {'\'', '\''},
                                             {'r', '\r'},
                                             {'t', '\t'},
                                             {'b', '\b'},
                                             {'f', '\f'}}};
/// Behind a tilde.
constexpr std::array<Letter, 2> kOfPointers = {{{'0', '~'}, {'1', '/'}}};

std::optional<Escape> FindEntity(std::string_view rest) {
  for (const Named& each : kEntities) {
    if (!rest.starts_with(each.name)) continue;
    return Escape{each.name.size(), static_cast<unsigned char>(each.stands_for), true};
  }
  return std::nullopt;
}

template <std::size_t kCount>
std::optional<Escape> FindLetter(char letter, const std::array<Letter, kCount>& letters) {
  for (const Letter& each : letters) {
    if (each.letter == letter) return Escape{2, static_cast<unsigned char>(each.stands_for), true};
  }
  return std::nullopt;
}

/// Up to `most` digits of that base, and their value; how many there were.
std::size_t ReadDigits(std::string_view text, unsigned base, std::size_t most, char32_t& value) {
  std::size_t count = 0;
  value = 0;
  for (; count < std::min(most, text.size()); ++count) {
    const int digit = HexValue(text[count]);
    if (digit < 0 || static_cast<unsigned>(digit) >= base) break;
    value = value * base + static_cast<char32_t>(digit);
  }
  return count;
}

/// Of digits between `before` and `after`: the fewest and the most that there may be.
std::optional<Escape> ReadNumber(std::string_view rest, std::string_view before, unsigned base,
                                 std::pair<std::size_t, std::size_t> digits,
                                 std::string_view after = "") {
  if (!rest.starts_with(before)) return std::nullopt;
  rest.remove_prefix(before.size());
  Escape escape;
  const std::size_t count = ReadDigits(rest, base, digits.second, escape.character);
  if (count < digits.first || !rest.substr(count).starts_with(after)) return std::nullopt;
  escape.bytes = before.size() + count + after.size();
  return escape;
}

bool IsHighSurrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLowSurrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// `\u002f`, also a pair of them.
std::optional<Escape> ReadCodeUnits(std::string_view rest) {
  auto escape = ReadNumber(rest, "\\u", 16, {4, 4});
  if (!escape || !IsHighSurrogate(escape->character)) return escape;
  const auto low = ReadNumber(rest.substr(escape->bytes), "\\u", 16, {4, 4});
  if (!low || !IsLowSurrogate(low->character)) return escape;
  escape->character = 0x10000 + ((escape->character - 0xD800) << 10U) + (low->character - 0xDC00);
  escape->bytes += low->bytes;
  return escape;
}

std::optional<Escape> AsByte(std::optional<Escape> escape) {
  if (escape) escape->is_byte = true;
  return escape;
}

/// The one that `rest` begins with. By its second byte: most of a page's or a record's bytes that
/// may begin an escape do.
std::optional<Escape> ReadEscape(std::string_view rest) {
  constexpr std::pair<std::size_t, std::size_t> kTwo{2, 2};
  constexpr std::pair<std::size_t, std::size_t> kUpToSix{1, 6};
  constexpr std::pair<std::size_t, std::size_t> kUpToSeven{1, 7};
  if (rest.size() < 2) return std::nullopt;
  const char second = rest[1];
  switch (rest.front()) {
    case '%':
      return AsByte(ReadNumber(rest, "%", 16, kTwo));
    case '&':
      if (second != '#') return FindEntity(rest);
      if (auto number = ReadNumber(rest, "&#x", 16, kUpToSix, ";")) return number;
      if (auto number = ReadNumber(rest, "&#X", 16, kUpToSix, ";")) return number;
      return ReadNumber(rest, "&#", 10, kUpToSeven, ";");
    case '\\':
      if (second == 'x') return AsByte(ReadNumber(rest, "\\x", 16, kTwo));
      if (second != 'u') return FindLetter(second, kLetters);
      if (auto units = ReadCodeUnits(rest)) return units;
      return ReadNumber(rest, "\\u{", 16, kUpToSix, "}");
    case '~':
      return FindLetter(second, kOfPointers);
    default:
      return std::nullopt;
  }
}

void AppendUtf8(char32_t character, std::string& text) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | (character >> shift & 0x3FU));
  };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0U | character >> 6U);
    tail(0);
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0U | character >> 12U);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (character >> 18U & 7U));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// What an escape may consist of, of which each may be escaped itself, and the begin of an address.
constexpr ByteSet kOfEscapes = AlphanumericAnd("%\\&~#;{}/:");

bool IsWanted(const Escape& escape, const ByteSet& wanted) {
  if (escape.character >= 0x80) return true;
  const auto byte = static_cast<unsigned char>(escape.character);
  return wanted[byte] || kOfEscapes[byte];
}

/// Goes through the bytes of a text that may begin an escape. Most texts have none or few.
class Starters {
 public:
  explicit Starters(std::string_view text) : text_(text) {
    for (std::size_t i = 0; i < next_.size(); ++i) next_[i] = text.find(kStarters[i]);
  }
  /// The first from `at` on, which only grows; npos: there is none.
  std::size_t From(std::size_t at) {
    for (std::size_t i = 0; i < next_.size(); ++i) {
      if (next_[i] < at) next_[i] = text_.find(kStarters[i], at);
    }
    return *std::min_element(next_.begin(), next_.end());
  }

 private:
  std::string_view text_;
  std::array<std::size_t, kStarters.size()> next_{};
};

/// Whether `rest`, which ends here, may be the begin of an escape.
bool MayGoOn(std::string_view rest) {
  if (kShellApostrophe.starts_with(rest)) return true;
  const auto has_digits = [rest](std::string_view before, std::size_t most) {
    char32_t ignored = 0;
    return rest.starts_with(before) && rest.size() - before.size() <= most &&
           ReadDigits(rest.substr(before.size()), 16, most, ignored) == rest.size() - before.size();
  };
  switch (rest.front()) {
    case '~':
      return rest.size() == 1;
    case '%':
      return has_digits("%", 1);
    case '&':
      return has_digits("&#x", 6) || has_digits("&#X", 6) || has_digits("&#", 7) ||
             std::any_of(std::begin(kEntities), std::end(kEntities),
                         [&](const Named& each) { return each.name.starts_with(rest); });
    case '\\':
      // A pair of code units may follow the first.
      return rest.size() == 1 || has_digits("\\x", 1) || has_digits("\\u", 4) ||
             has_digits("\\u{", 6) ||
             (rest.starts_with("\\u") && rest.size() > 6 && MayGoOn(rest.substr(6)));
    default:
      return false;
  }
}

}  // namespace

Unescaped::Unescaped(std::string_view escaped, const ByteSet& wanted) {
  std::size_t done = 0;
  Starters starters(escaped);
  for (std::size_t at = starters.From(0); at < escaped.size();) {
    std::size_t begin = at;
    auto escape = ReadEscape(escaped.substr(at));
    // The quotes around it are of the escape.
    if (at > done && escaped.substr(at - 1).starts_with(kShellApostrophe)) {
      begin = at - 1;
      escape = Escape{kShellApostrophe.size(), U'\'', true};
    }
    if (!escape) {
      at = starters.From(at + 1);
      continue;
    }
    if (IsWanted(*escape, wanted)) {
      text_ += escaped.substr(done, begin - done);
      const std::size_t place = text_.size();
      if (escape->is_byte) {
        text_ += static_cast<char>(escape->character);
      } else {
        AppendUtf8(escape->character, text_);
      }
      undone_.push_back({static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(begin),
                         static_cast<std::uint8_t>(text_.size() - place),
                         static_cast<std::uint8_t>(escape->bytes)});
      done = begin + escape->bytes;
    }
    at = starters.From(begin + escape->bytes);
  }
  if (!undone_.empty()) text_ += escaped.substr(done);
}

const Unescaped::Undone* Unescaped::FindUndone(std::size_t place) const {
  const auto after =
      std::upper_bound(undone_.begin(), undone_.end(), place,
                       [](std::size_t at, const Undone& each) { return at < each.place; });
  return after == undone_.begin() ? nullptr : &*(after - 1);
}

std::size_t Unescaped::BeginOf(std::size_t place) const {
  const Undone* const undone = FindUndone(place);
  if (undone == nullptr) return place;
  const std::size_t behind = place - undone->place;
  if (behind < undone->bytes) return undone->escape;
  return undone->escape + undone->escape_bytes + (behind - undone->bytes);
}

std::size_t Unescaped::EndOf(std::size_t place) const {
  const Undone* const undone = FindUndone(place - 1);
  if (undone == nullptr) return place;
  const std::size_t behind = place - undone->place;
  const std::size_t past = behind < undone->bytes ? 0 : behind - undone->bytes;
  return undone->escape + undone->escape_bytes + past;
}

std::size_t FindUnfinishedEscape(std::string_view text) {
  std::size_t at = text.size() - std::min(text.size(), kLongestEscape);
  // Of a row of reverse solidi the first says what the others are.
  while (at > 0 && at < text.size() && (text[at] == '\\' || text[at - 1] == '\\')) --at;
  constexpr std::string_view kMayBegin = "%\\&~'";
  for (at = text.find_first_of(kMayBegin, at); at != std::string_view::npos;) {
    const std::string_view rest = text.substr(at);
    if (MayGoOn(rest)) return at;
    const auto escape = ReadEscape(rest);
    at = text.find_first_of(kMayBegin, at + (escape ? escape->bytes : 1));
  }
  return text.size();
}

}  // namespace conform
