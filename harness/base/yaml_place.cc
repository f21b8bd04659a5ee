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

/// Where the node itself begins, behind its `&anchor` and `!tag`; `at` where it is not on the line.
std::size_t SkipProperties(std::string_view line, std::size_t at) {
  std::size_t begin = at;
  while (begin < line.size() && (line[begin] == '&' || line[begin] == '!')) {
    begin = line.find_first_of(kBlanks, begin);
    if (begin == std::string_view::npos) return at;
    begin = line.find_first_not_of(kBlanks, begin);
    if (begin == std::string_view::npos) return at;
  }
  return begin;
}

/// Bytes of the quoted scalar at the front, quotes included; all of `text` where it does not end.
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
  return text.size();
}

std::size_t ScalarLength(std::string_view text, std::string_view value) {
  if (text.empty()) return 1;
  if (text[0] == '"' || text[0] == '\'') return QuotedLength(text);
  if (text[0] == '|' || text[0] == '>') return 1;
  if (text.starts_with(value)) return value.size();
  return WithoutComment(text).size();
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
  const int line = mark.line + 1;
  const std::string_view text = source.Line(line);
  const std::size_t at = std::min(static_cast<std::size_t>(mark.column), text.size());
  const std::size_t begin = SkipProperties(text, at);
  return MakeSpan(source, line, begin, ScalarLength(text.substr(begin), value));
}

Span SpanOfNull(const SourceText& source, const YAML::Mark& mark) {
  const int line = mark.line + 1;
  const std::string_view text = source.Line(line);
  const std::size_t at = std::min(static_cast<std::size_t>(mark.column), text.size());
  for (std::string_view word : {"null", "Null", "NULL"}) {
    if (text.substr(at).starts_with(word)) return MakeSpan(source, line, at, word.size());
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
