// Numbers that look random and are the same in every run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace conform {

/// Knuth's MMIX generator (TAOCP vol. 2, §3.3.4), from a fixed seed.
class SteadyRandom {
 public:
  /// 0 to `below` - 1; `below` is not 0.
  std::size_t Below(std::size_t below) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % below;
  }

 private:
  std::uint64_t state_ = 20260115;
};

}  // namespace conform
