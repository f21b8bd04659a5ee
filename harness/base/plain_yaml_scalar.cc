#include "base/plain_yaml_scalar.h"

#include <algorithm>
#include <array>

#include "base/byte_words.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// Indicators that begin something else than a plain scalar. `~` is nothing.
constexpr std::string_view kNoBeginning = "-?:,[]{}#&*!|>'\"%@`~ \n";
constexpr std::string_view kEscaped = "\"\\/n";

char At(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\n'; }

bool MayBegin(std::string_view text, std::size_t at) {
  const char first = At(text, at);
  // A minus sign, as of a number.
  if (first == '-') return At(text, at + 1) >= '0' && At(text, at + 1) <= '9';
  return kNoBeginning.find(first) == std::string_view::npos;
}

/// What may end a plain scalar, or is not known inside one.
constexpr std::array<bool, 256> kStops = [] {
  std::array<bool, 256> stops{};
  for (const char c : std::string_view(" \n:,?[]{}")) stops[static_cast<unsigned char>(c)] = true;
  return stops;
}();

std::size_t FindEndOfPlain(std::string_view text, std::size_t at, bool in_flow) {
  if (!MayBegin(text, at)) return at;
  std::size_t end = at;  // behind the last character that is no blank
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (!kStops[static_cast<unsigned char>(c)]) {
      end = i + 1;
      continue;
    }
    const char next = At(text, i + 1);
    if (c == '\n' || (c == ' ' && next == '#')) return end;
    if (c == ' ') continue;
    if (c == ':' && (next == ' ' || next == '\n')) return i > end ? at : end;
    if (in_flow && c != ':') {
      const bool ends = c == ',' || c == ']' || c == '}';
      return ends ? end : at;
    }
    if (in_flow && (next == ',' || next == ']' || next == '}')) return at;
    end = i + 1;
  }
  return end;
}

std::size_t FindEndOfQuoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (quote == '"' && text[i] == '\\') {
      if (kEscaped.find(At(text, ++i)) == std::string_view::npos) return at;
    } else if (text[i] == quote) {
      if (quote == '"' || At(text, i + 1) != '\'') return i + 1;
      ++i;
    }
  }
  return at;
}

}  // namespace

PlainYamlScalar ScanPlainYamlScalar(std::string_view text, std::size_t at, bool in_flow) {
  const char first = At(text, at);
  if (first != '"' && first != '\'') return {FindEndOfPlain(text, at, in_flow), false};
  const std::size_t end = FindEndOfQuoted(text, at);
  const char next = At(text, end);
  const bool ends = IsBlankOrBreak(next) || next == ':' ||
                    (in_flow && (next == ',' || next == ']' || next == '}'));
  return {ends ? end : at, true};
}

std::string PlainYamlScalar::Text(std::string_view text, std::size_t begin) const {
  if (!quoted) return std::string(text.substr(begin, end - begin));
  const std::string_view inside = text.substr(begin + 1, end - begin - 2);
  const char escape = text[begin] == '"' ? '\\' : '\'';
  std::string value;
  value.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const bool escaped = inside[i] == escape;
    if (escaped) ++i;
    value += escaped && escape == '\\' && inside[i] == 'n' ? '\n' : inside[i];
  }
  return value;
}

bool IsNullWord(std::string_view text) {
  return text == "null" || text == "Null" || text == "NULL";
}

bool HoldsPlainCharacters(std::string_view text) {
  constexpr unsigned char kFirstOfHigh = 0xEF;  // U+F000 and above
  bool ascii = true;
  for (std::size_t at = 0; at < text.size();) {
    at = SkipWords(text, at, kHoldsUnprintable);
    const std::size_t end = std::min(at + sizeof(ByteWord), text.size());
    for (; at < end; ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if ((byte < ' ' && byte != '\n') || byte == 0x7F || byte >= kFirstOfHigh) return false;
      ascii = ascii && byte < 0x80;
    }
  }
  return ascii || !FindMalformedUtf8(text);
}

}  // namespace conform
