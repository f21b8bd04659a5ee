// Whether, and when, an answer of 429 or 503 is asked for again.
#pragma once

#include <chrono>
#include <optional>

#include "case/case.h"
#include "case/text_template.h"
#include "exchange/response.h"

namespace conform {

/// 429 (RFC 6585 §4) or 503 (RFC 9110 §15.6.4), and no status that `step` asks for: one that
/// expects a class such as 4xx asks for none of it.
bool IsThrottled(const Step& step, const Scope& scope, const Response& response);

/// How long to wait before the request goes out again. Retry-After decides: seconds or a date, and
/// decimals rounded up, as services send them. Where it is absent, nonsense or no wait at all, a
/// second, doubled with each of the `sent` answers before this one. Nothing where `spent` and the
/// wait together pass `longest`.
std::optional<std::chrono::milliseconds> WaitBeforeRetry(const Response& response, int sent,
                                                         std::chrono::milliseconds spent,
                                                         std::chrono::milliseconds longest,
                                                         std::chrono::system_clock::time_point now);

}  // namespace conform
