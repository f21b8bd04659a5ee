// The plainest requests, and the clock and the bounds they are sent by, for tests.
#pragma once

#include <chrono>

#include "base/clock.h"
#include "exchange/bounds.h"
#include "exchange/request.h"

namespace conform {

inline const SystemClock kClock;
inline const Request kGet = {"GET", "/", {{"Host", "a"}}, "", false, {}};
inline const Request kPost = {"POST", "/", {{"Host", "a"}, {"Content-Length", "0"}}, "", false, {}};

/// A busy machine must not hit them.
inline Bounds PatientBounds() {
  Bounds bounds;
  bounds.read = std::chrono::seconds(20);
  bounds.exchange = std::chrono::seconds(20);
  return bounds;
}

}  // namespace conform
