// The Retry-After field (RFC 9110 §10.2.3).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

namespace conform {

/// Either form as it was written: delay-seconds, or an HTTP-date.
using RetryAfter = std::variant<std::chrono::seconds, std::chrono::system_clock::time_point>;

/// Nothing where `text` is neither form: decimals, signs, words, an empty text. A delay too large
/// to count is a thousand years.
std::optional<RetryAfter> ParseRetryAfter(std::string_view text);

/// How long to wait from `now`; a date that has passed asks for no wait.
std::chrono::seconds DelayFrom(const RetryAfter& retry_after,
                               std::chrono::system_clock::time_point now);

}  // namespace conform
