// How many requests with an effect may still go to a tenant (`--allow-effects`).
#pragma once

#include <mutex>

#include "base/error.h"

namespace conform {

/// Safe to use from several threads.
class EffectAllowance {
 public:
  explicit EffectAllowance(int allowed) : allowed_(allowed), left_(allowed) {}

  /// For as many requests: all of them, or none. Error: why not.
  Expected<void> Take(int requests);
  void GiveBack(int unused);

 private:
  const int allowed_;
  std::mutex mutex_;
  int left_;
};

}  // namespace conform
