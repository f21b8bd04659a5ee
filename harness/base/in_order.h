// Work on many items by several threads, whose results come in the order of the items.
#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <thread>
#include <utility>
#include <vector>

#include "base/heap.h"

namespace conform {

/// Calls `make(begin, end)` for each stretch of `step` items of `count`, as many at once as there
/// are cores, and `take` with what each made, in order and on the calling thread, until it answers
/// false. What `make` throws comes out here.
template <typename Make, typename Take>
void MakeInOrder(std::size_t count, std::size_t step, const Make& make, const Take& take) {
  const std::size_t most = std::max(1U, std::thread::hardware_concurrency());
  const auto stretch = [&](std::size_t begin) {
    return make(begin, std::min(begin + step, count));
  };
  const auto on_other_thread = [&](std::size_t begin) {
    PrepareThreadHeap();
    return stretch(begin);
  };
  for (std::size_t begin = 0; begin < count;) {
    std::vector<std::future<decltype(make(std::size_t{}, std::size_t{}))>> others;
    for (std::size_t next = begin + step; next < count && others.size() + 1 < most; next += step) {
      others.push_back(
          std::async(std::launch::async | std::launch::deferred, on_other_thread, next));
    }
    bool goes_on = take(stretch(begin));
    begin += step * (others.size() + 1);
    for (auto& other : others) goes_on = goes_on && take(other.get());
    if (!goes_on) return;
  }
}

}  // namespace conform
