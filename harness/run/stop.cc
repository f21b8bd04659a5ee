#include "run/stop.h"

#include <algorithm>

namespace conform {
namespace {

/// All that a signal handler may touch.
std::atomic<int> received_signal{0};

void Remember(int signal) { received_signal = signal; }

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
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

void StoppableClock::Sleep(std::chrono::milliseconds duration) {
  constexpr std::chrono::milliseconds kSlice{100};
  while (duration.count() > 0 && !stop_.IsRequested()) {
    const auto slice = std::min(duration, kSlice);
    clock_.Sleep(slice);
    duration -= slice;
  }
}

SignalsHeldBack::SignalsHeldBack() : before_{} {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

SignalsHeldBack::~SignalsHeldBack() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace conform
