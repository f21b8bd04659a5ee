// The spellings that HAR files use for contents, and where their entries stand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// RFC 4648 §4, white space passed over; nothing where it is none.
std::optional<std::string> DecodeHarBase64(std::string_view text);

/// The line, from 1, on which each element of /log/entries begins. `text` is JSON.
std::vector<int> FindEntryLines(std::string_view text);

}  // namespace conform
