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

}  // namespace

std::string EscapeXml(std::string_view text, bool quotes, std::string_view apostrophe) {
  std::string escaped;
  escaped.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = SkipPlain(text, at);
    escaped += text.substr(at, end - at);
    at = end;
    if (at == text.size()) break;
    const char c = text[at];
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"' && quotes) {
      escaped += "&quot;";
    } else if (c == '\'' && !apostrophe.empty()) {
      escaped += apostrophe;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace conform
