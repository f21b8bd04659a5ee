// How a clock of the mock is moved on.
#pragma once

#include <chrono>

namespace conform {

/// In all: the system clock's time points end in the year 2262.
inline constexpr std::chrono::milliseconds kFarthestAhead = std::chrono::years(100);

/// Adds `by`, which is not negative, to how far a clock is ahead. False, and nothing changed, where
/// that were farther than kFarthestAhead.
inline bool MoveOn(std::chrono::milliseconds& ahead, std::chrono::milliseconds by) {
  if (by > kFarthestAhead - ahead) return false;
  ahead += by;
  return true;
}

}  // namespace conform
