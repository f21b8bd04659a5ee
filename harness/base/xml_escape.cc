#include "base/xml_escape.h"

namespace conform {

std::string EscapeXml(std::string_view text, bool quotes, std::string_view apostrophe) {
  std::string escaped;
  for (const char c : text) {
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
