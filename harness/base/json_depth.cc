#include "base/json_depth.h"

#include <algorithm>

namespace conform {

JsonExtent MeasureJson(std::string_view text) {
  std::size_t depth = 0;
  JsonExtent extent;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      extent.depth = std::max(extent.depth, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    } else if (c == ':') {
      ++extent.members;
    }
  }
  return extent;
}

}  // namespace conform
