// GoogleTest's filter, read by us: the library tells only what this shard runs, not what the whole
// selection is.
#pragma once

#include <string_view>

namespace conform {

/// Whether `suite.name` is selected by `filter`: patterns with `*` and `?` joined by `:`, then
/// after a `-` those to leave out.
bool MatchesFilter(std::string_view filter, std::string_view full_name);

}  // namespace conform
