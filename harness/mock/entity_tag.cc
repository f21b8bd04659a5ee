#include "mock/entity_tag.h"

#include <algorithm>

#include "base/http_text.h"

namespace conform {

bool AllowsTag(std::string_view if_match, std::string_view tag) {
  if (TrimWhiteSpace(if_match) == "*") return true;
  while (!if_match.empty()) {
    std::size_t end = 0;
    for (bool quoted = false; end < if_match.size(); ++end) {
      if (if_match[end] == '"') quoted = !quoted;
      if (if_match[end] == ',' && !quoted) break;
    }
    if (TrimWhiteSpace(if_match.substr(0, end)) == tag) return true;
    if_match.remove_prefix(std::min(end + 1, if_match.size()));
  }
  return false;
}

}  // namespace conform
