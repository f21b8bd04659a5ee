// Instants as RFC 3339 writes them.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace conform {

/// `2026-11-24T22:54:03.120Z`: any digits of a second or none, of which three count, `Z` or an
/// offset. Nothing where it is no such time, or none that the clock reaches (1678 to 2261).
std::optional<std::chrono::system_clock::time_point> ParseTimestamp(std::string_view text);

}  // namespace conform
