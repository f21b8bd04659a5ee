#include "run/effect_allowance.h"

#include <fmt/format.h>

namespace conform {

Expected<void> EffectAllowance::Take(int cleanups) {
  const std::lock_guard lock(mutex_);
  if (left_ > cleanups) {
    left_ -= 1 + cleanups;
    return {};
  }
  if (allowed_ == 0) return Fail("none is allowed");
  if (left_ == 0) return Fail(fmt::format("the {} allowed are spent", allowed_));
  return Fail(
      fmt::format("with what its cleanup needs that is {}, and {} of the {} allowed {} left",
                  1 + cleanups, left_, allowed_, left_ == 1 ? "is" : "are"));
}

void EffectAllowance::GiveBack(int unused) {
  const std::lock_guard lock(mutex_);
  left_ += unused;
}

}  // namespace conform
