#include "base/xml_escape.h"

#include "base/byte_words.h"

namespace conform {
namespace {

/// Behind bytes from `at` on of which none is ever escaped.
std::size_t SkipPlain(std::string_view text, std::size_t at) {
  return SkipWords(text, at, [](ByteWord word) {
    const ByteWord markup = BytesEqual(word, '&') | BytesEqual(word, '<') | BytesEqual(word, '>');
    return (markup | BytesEqual(word, '"') | BytesEqual(word, '\'')) != 0;
  });
}

/// What stands for the character; empty: it stands for itself.
std::string_view EntityOf(char c, bool quotes, std::string_view apostrophe) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return quotes ? "&quot;" : "";
    case '\'':
      return apostrophe;
    default:
      return "";
  }
}

}  // namespace

std::string EscapeXml(std::string_view text, bool quotes, std::string_view apostrophe) {
  std::string escaped;
  escaped.reserve(text.size());
  std::size_t from = 0;
  for (std::size_t at = SkipPlain(text, 0); at < text.size(); at = SkipPlain(text, at + 1)) {
    const std::string_view entity = EntityOf(text[at], quotes, apostrophe);
    if (entity.empty()) continue;
    escaped += text.substr(from, at - from);
    escaped += entity;
    from = at + 1;
  }
  escaped += text.substr(from);
  return escaped;
}

}  // namespace conform
