#include "exchange/pace.h"

#include <algorithm>

namespace conform {

void Pace::Enter() {
  if (requests_ <= 0) return;
  std::chrono::milliseconds wait{0};
  {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.Now();
    // Where the clock was set back, what was planned by it goes with it.
    if (now < asked_) {
      for (auto& each : sent_) each -= asked_ - now;
    }
    asked_ = now;
    auto turn = now;
    if (sent_.size() >= static_cast<std::size_t>(requests_)) {
      turn = std::max(now, sent_.front() + kPaceWindow);
      sent_.pop_front();
    }
    sent_.push_back(turn);
    wait = std::chrono::ceil<std::chrono::milliseconds>(turn - now);
  }
  if (wait.count() > 0) clock_.Sleep(wait);
}

}  // namespace conform
