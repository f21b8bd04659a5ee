// JSON Pointer (RFC 6901).
#pragma once

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

}  // namespace conform
