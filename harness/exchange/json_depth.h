// How deep a JSON text nests, told without recursion, before any parser that recurses sees it.
#pragma once

#include <cstddef>
#include <string_view>

#include "exchange/fields.h"

namespace conform {

/// The deepest nesting of arrays and objects. Says nothing on whether `text` is well-formed.
std::size_t JsonDepth(std::string_view text);

/// Whether Content-Type names JSON: `application/json` or any `+json` (RFC 6839 §3.1).
bool IsJson(const Fields& fields);

}  // namespace conform
