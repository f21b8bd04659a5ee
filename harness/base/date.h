// Calendar days and instants: editions are ordered by them, reports carry them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// `YYYY-MM-DD`; `YYYY-MM` is that month's last day. Nothing where no such day exists.
std::optional<std::chrono::sys_days> ParseDate(std::string_view text);
std::string FormatDate(std::chrono::sys_days day);

/// RFC 3339 in UTC with milliseconds: `2026-11-24T22:54:03.120Z`.
std::string FormatTimestamp(std::chrono::system_clock::time_point time);

/// Since 1970-01-01T00:00Z, as databases keep an instant.
std::int64_t CountMicroseconds(std::chrono::system_clock::time_point time);
/// The clock's first or last instant where it does not reach so far.
std::chrono::system_clock::time_point TimeOfMicroseconds(std::int64_t count);

/// Whether each instant of the day is one of the clock's, which counts nanoseconds in 64 bits: the
/// years 1678 to 2261.
bool IsWithinClock(std::chrono::sys_days day);

/// RFC 9110 §5.6.7 IMF-fixdate: `Tue, 24 Nov 2026 22:54:03 GMT`.
std::string FormatHttpDate(std::chrono::system_clock::time_point time);
/// Reads any of the three forms of RFC 9110 §5.6.7; nothing where it is none of them.
std::optional<std::chrono::system_clock::time_point> ParseHttpDate(std::string_view text);

}  // namespace conform
