// Paths with `{name}` for a segment or a part of one, as contracts write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// `/a/{id}/b(at={time})`: begins with a slash, and may end with one; segments between slashes are
/// not empty, hold no query and no white space; braces stand around a name, never two names side by
/// side, and no name stands twice.
bool IsPathTemplate(std::string_view text);

/// The names between braces, in written order.
std::vector<std::string> PlaceholdersOf(std::string_view path_template);

/// Whether `segment`, as it is sent, is one of `segment_template`; `values` gets what each
/// placeholder stands for, as it is sent, never empty and as short as can be. `%C3%BC` is `ü`.
bool MatchSegment(std::string_view segment_template, std::string_view segment,
                  std::vector<std::string_view>& values);

}  // namespace conform
