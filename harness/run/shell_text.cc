#include "run/shell_text.h"

#include <fmt/format.h>

namespace conform {

std::string ShellQuoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "'";
}

std::string CurlField(std::string_view name, std::string_view value) {
  const bool blank = value.find_first_not_of(" \t") == std::string_view::npos;
  return blank ? fmt::format("{};", name) : fmt::format("{}: {}", name, value);
}

std::string CurlCommand(std::string_view method, bool has_content) {
  // With -X HEAD it would wait for a content that never comes.
  if (method == "HEAD" && !has_content) return "curl -I";
  return "curl -i -X " + ShellQuoted(method);
}

}  // namespace conform
