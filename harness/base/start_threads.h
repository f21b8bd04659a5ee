// Threads, as many as are to be had.
#pragma once

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <thread>
#include <vector>

namespace conform {

/// Of the machine, as far as the process may use it; at least 1. Asked once: the answer is read
/// from files.
inline std::size_t CountCores() {
  static const std::size_t kCores = std::max(1U, std::thread::hardware_concurrency());
  return kCores;
}

/// Up to `most` that do `work`; fewer, or none, where the system gives no more.
template <typename Work>
std::vector<std::thread> StartThreads(std::size_t most, const Work& work) {
  std::vector<std::thread> threads;
  threads.reserve(most);
  try {
    while (threads.size() < most) threads.emplace_back(work);
  } catch (const std::system_error&) {
    // Those that there are do all of it.
  }
  return threads;
}

}  // namespace conform
