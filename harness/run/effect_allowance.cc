#include "run/effect_allowance.h"

#include <fmt/format.h>

namespace conform {

Expected<void> EffectAllowance::Take(int requests) {
  const std::lock_guard lock(mutex_);
  if (left_ >= requests) {
    left_ -= requests;
    return {};
  }
  if (allowed_ == 0) return Fail("none is allowed");
  if (left_ == 0) return Fail(fmt::format("the {} allowed are spent", allowed_));
  return Fail(fmt::format("the test has {} such requests, and {} of the {} allowed {} left",
                          requests, left_, allowed_, left_ == 1 ? "is" : "are"));
}

void EffectAllowance::GiveBack(int unused) {
  const std::lock_guard lock(mutex_);
  left_ += unused;
}

}  // namespace conform
