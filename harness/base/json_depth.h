// How deep a JSON text nests, told without recursion, before any parser that recurses sees it.
#pragma once

#include <cstddef>
#include <string_view>

namespace conform {

/// The deepest nesting of arrays and objects. Says nothing on whether `text` is well-formed.
std::size_t JsonDepth(std::string_view text);

}  // namespace conform
