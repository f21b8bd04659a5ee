#include "run/throttle.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "case/expected_statuses.h"
#include "exchange/retry_after.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

constexpr std::array kThrottled = {429, 503};
constexpr int kMostDoublings = 10;

/// `1.5` is a second and a half: no form of the field, but what some services send.
std::optional<milliseconds> ReadDecimal(std::string_view text) {
  constexpr double kMostSeconds = 1e9;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !std::isfinite(value) || value < 0 || value > kMostSeconds) return std::nullopt;
  return milliseconds(static_cast<std::int64_t>(std::ceil(value)) * 1000);
}

milliseconds AskedFor(const Response& response, std::chrono::system_clock::time_point now) {
  const Field* field = FindField(response.fields, "Retry-After");
  if (field == nullptr) return milliseconds(0);
  if (const auto retry_after = ParseRetryAfter(field->value)) return DelayFrom(*retry_after, now);
  return ReadDecimal(field->value).value_or(milliseconds(0));
}

}  // namespace

bool IsThrottled(const Step& step, const Scope& scope, const Response& response) {
  const bool throttled =
      std::find(kThrottled.begin(), kThrottled.end(), response.status) != kThrottled.end();
  return throttled && !ExpectedStatuses(step, scope).Names(response.status);
}

std::optional<milliseconds> WaitBeforeRetry(const Response& response, int sent, milliseconds spent,
                                            milliseconds longest,
                                            std::chrono::system_clock::time_point now) {
  milliseconds wait = AskedFor(response, now);
  if (wait.count() <= 0) wait = milliseconds(1000) * (1 << std::min(sent, kMostDoublings));
  if (wait > longest - spent) return std::nullopt;
  return wait;
}

}  // namespace conform
