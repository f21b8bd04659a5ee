// The spellings that HAR files use for times and contents, and where their entries stand.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// ISO 8601 as HAR writes it: `2026-11-24T22:54:03.120Z`, any digits of a second or none, `Z` or an
/// offset. Nothing where it is no such time.
std::optional<std::chrono::system_clock::time_point> ParseHarTime(std::string_view text);

/// RFC 4648 §4, white space passed over; nothing where it is none.
std::optional<std::string> DecodeHarBase64(std::string_view text);

/// The line, from 1, on which each element of /log/entries begins. `text` is JSON.
std::vector<int> FindEntryLines(std::string_view text);

}  // namespace conform
