// Whether a run shall send nothing more, and why: a signal, a deadline, a failure.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"

namespace conform {

/// The first reason given stands. Safe to use from several threads.
class Stop {
 public:
  Stop() = default;
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;

  /// `reason` is one clause: `a test failed and --fail-fast was given`.
  void Request(const std::string& reason);
  /// From `after` now on, by the steady clock.
  void RequestAfter(std::chrono::milliseconds after, const std::string& reason);

  /// Also true once SIGINT, SIGTERM or SIGHUP came after CatchSignals.
  bool IsRequested();
  /// Empty while nothing was requested.
  std::string Reason();

  /// From now on the first SIGINT, SIGTERM or SIGHUP requests a stop of every Stop of the process;
  /// a later one ends the process, as it does by default, unless it comes within 1 to 2 s of the
  /// first. One that was ignored stays so.
  static void CatchSignals();

 private:
  std::atomic<bool> requested_{false};
  std::mutex mutex_;  // of the rest
  std::string reason_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::string deadline_reason_;
};

/// Another clock whose Sleep ends early once a stop is requested.
class StoppableClock final : public Clock {
 public:
  /// Both outlive it.
  StoppableClock(Clock& clock, Stop& stop) : clock_(clock), stop_(stop) {}
  std::chrono::system_clock::time_point Now() const override { return clock_.Now(); }
  void Sleep(std::chrono::milliseconds duration) override;

 private:
  Clock& clock_;
  Stop& stop_;
};

}  // namespace conform
