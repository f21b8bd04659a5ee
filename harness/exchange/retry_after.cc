#include "exchange/retry_after.h"

#include <algorithm>

#include "base/date.h"

namespace conform {
namespace {

constexpr std::chrono::seconds kLongest = std::chrono::years{1000};

std::optional<std::chrono::seconds> ParseDelay(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::chrono::seconds delay{0};
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    delay = std::min(delay * 10 + std::chrono::seconds{c - '0'}, kLongest);
  }
  return delay;
}

}  // namespace

std::optional<RetryAfter> ParseRetryAfter(std::string_view text) {
  if (const auto delay = ParseDelay(text)) return *delay;
  if (const auto date = ParseHttpDate(text)) return *date;
  return std::nullopt;
}

std::chrono::seconds DelayFrom(const RetryAfter& retry_after,
                               std::chrono::system_clock::time_point now) {
  if (const auto* delay = std::get_if<std::chrono::seconds>(&retry_after)) return *delay;
  // A date centuries ago is further from now than the clock's own unit counts.
  const auto date = std::get<std::chrono::system_clock::time_point>(retry_after);
  if (date <= now) return std::chrono::seconds{0};
  return std::chrono::ceil<std::chrono::seconds>(date - now);
}

}  // namespace conform
