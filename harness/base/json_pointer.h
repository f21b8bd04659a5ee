// JSON Pointer (RFC 6901).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

/// A member's name as it stands between two slashes: `~` is `~0`, `/` is `~1`.
inline std::string EscapePointerName(std::string_view name) {
  std::string escaped;
  escaped.reserve(name.size());
  for (const char c : name) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

/// Whether it is one: empty, or a `/` before each name and in no name a `~` but as `~0` and `~1`.
inline bool IsJsonPointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1)) {
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

}  // namespace conform
