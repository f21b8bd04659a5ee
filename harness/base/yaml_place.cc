#include "base/yaml_place.h"

#include <yaml-cpp/mark.h>

#include <algorithm>
#include <cstddef>

namespace conform {
namespace {

constexpr std::string_view kBlanks = " \t";

/// `text` without its comment and the blanks around that.
std::string_view WithoutComment(std::string_view text) {
  std::size_t end = text.starts_with('#') ? 0 : text.find(" #");
  end = std::min(end, text.size());
  const std::size_t last = text.substr(0, end).find_last_not_of(kBlanks);
  return text.substr(0, last + 1);  // npos + 1 is 0
}

/// A byte of a line.
struct Place {
  int line = 0;
  std::size_t byte = 0;
};

/// The text from `place` to the end of its line.
std::string_view RestOfLine(const SourceText& source, const Place& place) {
  const std::string_view line = source.Line(place.line);
  return line.substr(std::min(place.byte, line.size()));
}

/// Where the next token stands, behind blanks, line ends and comments.
Place SkipBlanks(const SourceText& source, Place place, int last_line) {
  for (; place.line <= last_line; place = {place.line + 1, 0}) {
    const std::string_view rest = RestOfLine(source, place);
    const std::size_t blanks = rest.find_first_not_of(kBlanks);
    if (blanks == std::string_view::npos || rest[blanks] == '#') continue;
    return {place.line, place.byte + blanks};
  }
  return place;
}

/// Where the scalar itself begins, behind its `&anchor` and `!tag`.
Place SkipProperties(const SourceText& source, Place place) {
  constexpr int kFar = 100;  // lines of comments that nobody writes
  const int last_line = place.line + kFar;
  std::string_view rest = RestOfLine(source, place);
  while (rest.starts_with('&') || rest.starts_with('!')) {
    const std::size_t length = std::min(rest.find_first_of(kBlanks), rest.size());
    place = SkipBlanks(source, {place.line, place.byte + length}, last_line);
    rest = RestOfLine(source, place);
  }
  return place;
}

/// Bytes of the quoted scalar at the front, quotes included; npos where it does not end.
std::size_t QuotedLength(std::string_view text) {
  const char quote = text[0];
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || !text.substr(at + 1).starts_with('\'')) return at + 1;
      ++at;
    }
  }
  return std::string_view::npos;
}

/// The text from `place` to the end of the file.
std::string_view RestOfText(const SourceText& source, const Place& place) {
  const auto offset =
      static_cast<std::size_t>(RestOfLine(source, place).data() - source.text().data());
  return std::string_view(source.text()).substr(offset);
}

bool IsQuote(std::string_view text) { return text.starts_with('"') || text.starts_with('\''); }

Place PlaceOf(const YAML::Mark& mark) {
  return {mark.line + 1, static_cast<std::size_t>(mark.column)};
}

Span MakeSpan(const SourceText& source, int line, std::size_t begin, std::size_t bytes) {
  const int column = source.Column(line, begin);
  return {line, column, std::max(1, source.Column(line, begin + bytes) - column)};
}

}  // namespace

Span SpanAt(const SourceText& source, const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  int line = mark.line + 1;
  std::size_t column = static_cast<std::size_t>(mark.column);
  while (line > 1 && column >= source.Line(line).size() && source.Line(line).empty()) {
    --line;
    column = source.Line(line).size();
  }
  return MakeSpan(source, line, std::min(column, source.Line(line).size()), 1);
}

Span SpanOfScalar(const SourceText& source, const YAML::Mark& mark, std::string_view value) {
  const Place place = SkipProperties(source, PlaceOf(mark));
  const std::string_view rest = RestOfLine(source, place);
  std::size_t length = 0;
  if (IsQuote(rest)) {
    length = std::min(rest.size(), QuotedLength(rest));
  } else if (rest.starts_with('|') || rest.starts_with('>')) {
    length = 1;
  } else if (rest.starts_with(value)) {
    length = value.size();
  } else {
    length = WithoutComment(rest).size();
  }
  return MakeSpan(source, place.line, place.byte, length);
}

bool IsClosedScalar(const SourceText& source, const YAML::Mark& mark) {
  const Place place = SkipProperties(source, PlaceOf(mark));
  return !IsQuote(RestOfLine(source, place)) ||
         QuotedLength(RestOfText(source, place)) != std::string_view::npos;
}

Span SpanOfNull(const SourceText& source, const YAML::Mark& mark) {
  const Place place = PlaceOf(mark);
  for (std::string_view word : {"null", "Null", "NULL"}) {
    if (!RestOfLine(source, place).starts_with(word)) continue;
    return MakeSpan(source, place.line, place.byte, word.size());
  }
  return SpanAt(source, mark);
}

Span SpanOfEmptyItem(const SourceText& source, const YAML::Mark& mark, int first_line) {
  for (int line = mark.line + 1; line >= first_line; --line) {
    std::string_view text = source.Line(line);
    if (line == mark.line + 1) text = text.substr(0, static_cast<std::size_t>(mark.column));
    text = WithoutComment(text);
    if (text.ends_with('-')) return MakeSpan(source, line, text.size() - 1, 1);
    if (!text.empty()) break;
  }
  return SpanOfNull(source, mark);
}

}  // namespace conform
