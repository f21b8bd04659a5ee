// Keeps all workers together below so many requests in any window of time.
#pragma once

#include <chrono>
#include <deque>
#include <mutex>

#include "base/clock.h"

namespace conform {

/// Graph counts the requests of 20 seconds (its throttling limits page).
inline constexpr std::chrono::seconds kPaceWindow{20};

/// Safe to use from several threads.
class Pace {
 public:
  /// At most `requests` in any kPaceWindow; 0: as many as are asked for. `clock` outlives it.
  Pace(int requests, Clock& clock) : requests_(requests), clock_(clock) {}

  /// Blocks until one more request may be sent. Who comes first goes first.
  void Enter();

 private:
  int requests_;
  Clock& clock_;
  std::mutex mutex_;
  /// When the last requests may be sent, oldest first: also of those who still wait.
  std::deque<std::chrono::system_clock::time_point> sent_;
  std::chrono::system_clock::time_point asked_;  ///< what the clock said last.
};

}  // namespace conform
