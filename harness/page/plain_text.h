// Small things done to text: white space, letters, Markdown marks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace conform {

/// Runs of white space (also a no-break space) become one space; none at the ends.
std::string CollapseSpace(std::string_view text);
/// Without `*`, `_` around words, back-ticks and links' addresses: what a reader sees.
std::string WithoutMarks(std::string_view text);
/// `Request headers` gives `request-headers`: letters and digits of ASCII, joined by hyphens.
std::string SlugOf(std::string_view text);
/// `deviceCategories` gives `device_categories`: for clause ids and file names.
std::string SnakeCase(std::string_view text);
std::vector<std::string> LinesOf(std::string_view text);

}  // namespace conform
