// Paths with `{name}` for a segment, as contracts write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// `/a/{id}/b`: begins with a slash; segments are not empty, hold no query and no white space; a
/// brace stands only around a whole segment's name, and no name stands twice.
bool IsPathTemplate(std::string_view text);

/// The names between braces, in written order.
std::vector<std::string> PlaceholdersOf(std::string_view path_template);

}  // namespace conform
