#include <chrono>
#include <string>

#include "base/date.h"
#include "base/duration.h"
#include "base/timestamp.h"
#include "exchange/retry_after.h"
#include "fuzz/fuzz_target.h"

namespace conform {

void FuzzTimes(std::string_view bytes) {
  const std::chrono::system_clock::time_point now{std::chrono::seconds(1'800'000'000)};
  if (const auto after = ParseRetryAfter(bytes)) {
    Promise(DelayFrom(*after, now) >= std::chrono::seconds(0));
  }
  if (const auto time = ParseHttpDate(bytes)) {
    // What is written reads back as the same instant.
    const auto again = ParseHttpDate(FormatHttpDate(*time));
    Promise(again && *again == *time);
    (void)FormatTimestamp(*time);
  }
  if (const auto time = ParseTimestamp(bytes)) {
    // To the millisecond, as it is written.
    Promise(ParseTimestamp(FormatTimestamp(*time)).has_value());
  }
  if (const auto day = ParseDate(bytes)) Promise(ParseDate(FormatDate(*day)) == day);
  if (const auto length = ParseDuration(bytes)) {
    Promise(ParseDuration(FormatDuration(*length)) == length);
  }
}

}  // namespace conform
