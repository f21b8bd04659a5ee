#include "contract/pattern_sample.h"

#include <algorithm>
#include <bitset>

#include "base/ascii.h"

namespace conform {
namespace {

constexpr std::size_t kMostCharacters = 10'000;
constexpr int kMostLevels = 50;

using Characters = std::bitset<128>;

Characters Range(char first, char last) {
  Characters characters;
  for (int c = first; c <= last; ++c) characters.set(static_cast<std::size_t>(c));
  return characters;
}

/// Of `\d`, `\W` and their like; none of any other letter.
Characters OfClass(char letter) {
  const Characters digits = Range('0', '9');
  Characters characters;
  const char kind = ToLower(letter);
  if (kind == 'd') characters = digits;
  if (kind == 'w') characters = digits | Range('a', 'z') | Range('A', 'Z') | Range('_', '_');
  if (kind == 's') characters = Range(' ', ' ') | Range('\t', '\n') | Range('\f', '\r');
  return kind == letter || characters.none() ? characters : ~characters;
}

/// Reads the pattern once, from left to right, and writes as it goes.
class PatternText {
 public:
  PatternText(std::string_view pattern, std::size_t repeats) : rest_(pattern), repeats_(repeats) {}

  std::optional<std::string> Make() {
    std::string text = Alternatives();
    if (!rest_.empty() || failed_) return std::nullopt;
    return text;
  }

 private:
  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  char Next() {
    if (rest_.empty()) return Fail();
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  char Fail() {
    failed_ = true;
    rest_ = {};
    return '\0';
  }

  std::string Alternatives() {
    if (++levels_ > kMostLevels) Fail();
    std::string first = Sequence();
    while (Take("|")) Sequence();
    --levels_;
    return first;
  }

  std::string Sequence() {
    std::string text;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      const std::string part = Part();
      for (std::size_t times = Times(); times > 0 && !part.empty(); --times) {
        text += part;
        if (text.size() > kMostCharacters) Fail();
        if (failed_) return text;
      }
    }
    return text;
  }

  std::string Part() {
    if (Take("(")) {
      if (Take("?") && !Take(":")) Fail();
      std::string text = Alternatives();
      if (!Take(")")) Fail();
      return text;
    }
    if (Take("[")) return OneOf(ReadSet());
    const char c = Next();
    if (c == '^' || c == '$') return "";
    if (c == '.') return "a";
    if (c == '\\') return Escaped();
    std::string text(1, c);  // and the rest of a character of several bytes
    while (!rest_.empty() && (static_cast<unsigned char>(rest_.front()) & 0xC0U) == 0x80U)
      text += Next();
    return text;
  }

  std::string Escaped() {
    const char letter = Next();
    if (letter == 'b' || letter == 'A' || letter == 'z') return "";
    const Characters characters = OfClass(letter);
    return characters.any() ? OneOf(characters) : std::string(1, Literal(letter));
  }

  /// Behind a backslash; letters and digits that mean more are not known.
  char Literal(char letter) {
    if (letter == 't') return '\t';
    if (letter == 'n') return '\n';
    if (letter == 'r') return '\r';
    return IsAlphanumeric(letter) ? Fail() : letter;
  }

  /// What stands between brackets, the first of which is read.
  Characters ReadSet() {
    const bool other = Take("^");
    Characters characters;
    for (bool first = true; first || !Take("]"); first = false) {
      if (rest_.empty() || rest_.starts_with("[:")) Fail();
      if (failed_) return {};
      char from = Next();
      if (from == '\\') {
        const char letter = Next();
        const Characters known = OfClass(letter);
        characters |= known;
        if (known.any()) continue;
        from = Literal(letter);
      }
      char to = from;
      if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
        Next();
        to = Next();
        if (to == '\\') to = Literal(Next());
      }
      if (from >= 0 && to >= 0) characters |= Range(from, to);
    }
    return other ? ~characters : characters;
  }

  /// A letter where there is one, else a digit, else what can be seen.
  std::string OneOf(const Characters& characters) {
    const std::pair<char, char> kinds[] = {{'a', 'z'}, {'A', 'Z'}, {'1', '9'}, {' ', '~'}};
    for (const auto& [first, last] : kinds) {
      for (char c = first; c <= last; ++c) {
        if (characters.test(static_cast<std::size_t>(c))) return {c};
      }
    }
    return std::string(1, Fail());
  }

  /// How often the part before comes.
  std::size_t Times() {
    std::size_t least = 1;
    std::size_t most = 1;
    if (Take("*")) {
      least = 0;
      most = kMostCharacters;
    } else if (Take("+")) {
      most = kMostCharacters;
    } else if (Take("?")) {
      least = 0;
    } else if (rest_.size() > 1 && rest_[0] == '{' && IsDigit(rest_[1])) {
      Take("{");
      least = Count();
      most = !Take(",") ? least : rest_.starts_with("}") ? kMostCharacters : Count();
      if (!Take("}") || most < least) Fail();
    } else {
      return 1;
    }
    Take("?");
    return std::max(least, std::min(repeats_, most));
  }

  std::size_t Count() {
    std::size_t count = 0;
    while (!rest_.empty() && IsDigit(rest_.front()) && count <= kMostCharacters)
      count = count * 10 + static_cast<std::size_t>(Next() - '0');
    return std::min(count, kMostCharacters);
  }

  std::string_view rest_;
  std::size_t repeats_;
  int levels_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> SampleOfPattern(std::string_view pattern, std::size_t repeats) {
  return PatternText(pattern, repeats).Make();
}

}  // namespace conform
