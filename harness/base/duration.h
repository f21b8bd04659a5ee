// Lengths of time as they are written in YAML: 250ms, 90s, 10m, 1h, 1m30s.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// Whole numbers with the units h, m, s, ms, each at most once, largest first; from 1 ms to
/// 1000 h. Nothing where the text is no such length.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

/// The shortest spelling that ParseDuration reads back; `0s` for zero.
std::string FormatDuration(std::chrono::milliseconds duration);

}  // namespace conform
