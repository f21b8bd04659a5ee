// Time as an argument: tests hand in their own.
#pragma once

#include <chrono>
#include <functional>

namespace conform {

/// Asked while something is waited for: whether that shall come to its end. Empty: never.
using IsStopped = std::function<bool()>;

class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall time, for reports and tokens.
  virtual std::chrono::system_clock::time_point Now() const = 0;
  /// Blocks for `duration`.
  virtual void Sleep(std::chrono::milliseconds duration) = 0;
};

/// The machine's own clock.
class SystemClock final : public Clock {
 public:
  std::chrono::system_clock::time_point Now() const override;
  void Sleep(std::chrono::milliseconds duration) override;
};

/// Stands still until told; Sleep moves it on at once.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::chrono::system_clock::time_point start) : now_(start) {}
  std::chrono::system_clock::time_point Now() const override { return now_; }
  void Sleep(std::chrono::milliseconds duration) override { now_ += duration; }

 private:
  std::chrono::system_clock::time_point now_;
};

}  // namespace conform
