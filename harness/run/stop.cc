#include "run/stop.h"

#include <algorithm>
#include <csignal>
#include <ctime>

#include "base/signals_held_back.h"

namespace conform {
namespace {

/// All that a signal handler may touch.
std::atomic<int> received_signal{0};

std::atomic<std::time_t> received_at{0};

/// A second one ends the program at once, unless it comes with the first: timeout(1) sends two.
void Remember(int signal) {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const std::time_t first = received_at;
  if (received_signal != 0 && now.tv_sec > first + 1) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  if (received_signal == 0) received_at = now.tv_sec;
  received_signal = signal;
}

}  // namespace

void Stop::Request(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  if (requested_) return;
  reason_ = reason;
  requested_ = true;
}

void Stop::RequestAfter(std::chrono::milliseconds after, const std::string& reason) {
  const std::lock_guard lock(mutex_);
  deadline_ = std::chrono::steady_clock::now() + after;
  deadline_reason_ = reason;
}

bool Stop::IsRequested() {
  if (requested_) return true;
  if (received_signal != 0) {
    Request("the run was interrupted");
    return true;
  }
  std::string due;
  {
    const std::lock_guard lock(mutex_);
    if (deadline_ && std::chrono::steady_clock::now() >= *deadline_) due = deadline_reason_;
  }
  if (due.empty()) return false;
  Request(due);
  return true;
}

std::string Stop::Reason() {
  const bool asked = IsRequested();
  const std::lock_guard lock(mutex_);
  return asked ? reason_ : "";
}

void Stop::CatchSignals() {
  struct sigaction action {};
  action.sa_handler = Remember;
  action.sa_flags = static_cast<int>(SA_RESTART);
  for (const int signal : kStoppingSignals) {
    struct sigaction before {};
    sigaction(signal, nullptr, &before);
    // nohup, and a shell's background jobs: who began the program wants it to go on.
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
  }
}

void StoppableClock::Sleep(std::chrono::milliseconds duration) {
  constexpr std::chrono::milliseconds kSlice{100};
  while (duration.count() > 0 && !stop_.IsRequested()) {
    const auto slice = std::min(duration, kSlice);
    clock_.Sleep(slice);
    duration -= slice;
  }
}

}  // namespace conform
