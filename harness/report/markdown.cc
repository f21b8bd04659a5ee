#include "report/markdown.h"

#include <algorithm>
#include <cctype>

#include "base/utf8.h"
#include "base/xml_escape.h"

namespace conform {
namespace {

bool IsNameCharacter(char c) {
  constexpr std::string_view kOthers = "_./-+,= ";
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         kOthers.find(c) != std::string_view::npos;
}

/// Names, paths and places (`a/b.yaml:12:3`): no character that any reader could take for more.
bool IsPlainName(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool single_colon = text[i] == ':' && i > 0 && text[i - 1] != ':';
    if (!IsNameCharacter(text[i]) && !single_colon) return false;
  }
  return true;
}

}  // namespace

std::string EscapeMarkdown(std::string_view text, std::size_t max_characters) {
  // A backslash before punctuation is literal in CommonMark; what HTML reads too is an entity.
  constexpr std::string_view kBackslashed = "\\`*_[]{}()#|~!:@$^";
  std::string escaped;
  for (const char c : EscapeXml(ShowLine(text, max_characters))) {
    const bool address = c == '.' && escaped.ends_with("www");  // GitHub makes links of such
    if (address || kBackslashed.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string MarkdownCode(std::string_view text, std::size_t max_characters) {
  const std::string shown = ShowLine(text, max_characters);
  if (IsPlainName(shown)) return "`" + shown + "`";
  return "<code>" + EscapeMarkdown(shown, max_characters) + "</code>";
}

}  // namespace conform
