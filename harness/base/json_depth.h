// How deep a JSON text nests, told without recursion, before any parser that recurses sees it.
#pragma once

#include <cstddef>
#include <string_view>

namespace conform {

/// Says nothing on whether a text is well-formed.
struct JsonExtent {
  std::size_t depth = 0;    ///< the deepest nesting of arrays and objects.
  std::size_t members = 0;  ///< of all objects, those of one name counted each.
};

JsonExtent MeasureJson(std::string_view text);

inline std::size_t JsonDepth(std::string_view text) { return MeasureJson(text).depth; }

}  // namespace conform
