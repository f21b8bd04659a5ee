#include "exchange/json_depth.h"

#include <algorithm>

#include "base/http_text.h"
#include "exchange/field_section.h"

namespace conform {

std::size_t JsonDepth(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

bool IsJson(const Fields& fields) {
  const Field* field = FindField(fields, "Content-Type");
  return field != nullptr && IsJsonType(field->value);
}

}  // namespace conform
