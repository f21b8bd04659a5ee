#include "page/plain_text.h"

#include <algorithm>

namespace conform {
namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

}  // namespace

std::string CollapseSpace(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool gap = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool wide = text.substr(i, 2) == kNoBreakSpace;
    if (wide || IsSpace(text[i])) {
      gap = true;
      i += wide ? 1 : 0;
      continue;
    }
    if (gap && !result.empty()) result += ' ';
    gap = false;
    result += text[i];
  }
  return result;
}

std::string WithoutMarks(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '*' || c == '`' || c == '[') continue;
    if (c == ']') {
      const bool link = i + 1 < text.size() && text[i + 1] == '(';
      const std::size_t end = link ? text.find(')', i) : std::string_view::npos;
      if (end != std::string_view::npos) i = end;
      continue;
    }
    const bool edge =
        i == 0 || i + 1 == text.size() || IsSpace(text[i - 1]) || IsSpace(text[i + 1]);
    if (c == '_' && edge) continue;
    result += c;
  }
  return CollapseSpace(result);
}

std::string SlugOf(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    if (IsUpper(c) || IsLower(c) || IsDigit(c)) {
      slug += ToLower(c);
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

std::string SnakeCase(std::string_view text) {
  std::string snake;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool letter = IsUpper(c) || IsLower(c) || IsDigit(c);
    const bool starts = IsUpper(c) && i > 0 && (IsLower(text[i - 1]) || IsDigit(text[i - 1]));
    if ((!letter || starts) && !snake.empty() && snake.back() != '_') snake += '_';
    if (letter) snake += ToLower(c);
  }
  while (!snake.empty() && snake.back() == '_') snake.pop_back();
  return snake;
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace conform
