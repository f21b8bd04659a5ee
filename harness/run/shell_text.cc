#include "run/shell_text.h"

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

std::string CurlCommand(std::string_view method, bool has_content) {
  // With -X HEAD it would wait for a content that never comes.
  if (method == "HEAD" && !has_content) return "curl -I";
  return "curl -i -X " + ShellQuoted(method);
}

}  // namespace conform
