// Waiting on a descriptor, never past an instant.
#pragma once

#include <poll.h>

#include <algorithm>
#include <chrono>

namespace conform {

using Instant = std::chrono::steady_clock::time_point;

inline Instant SteadyNow() { return std::chrono::steady_clock::now(); }

inline std::chrono::microseconds Since(Instant start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(SteadyNow() - start);
}

/// Which of `events` (POLLIN, POLLOUT) came, or an error of the descriptor; 0: the instant passed,
/// whether or not anything came: a peer that never pauses gains no time by it.
inline short WaitFor(int descriptor, short events, Instant until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - SteadyNow()).count();
    if (left <= 0) return 0;
    pollfd waited{descriptor, events, 0};
    if (poll(&waited, 1, static_cast<int>(std::min<long>(left, 1 << 30))) > 0) {
      return waited.revents;
    }
  }
}

}  // namespace conform
