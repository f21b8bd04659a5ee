// Threads, as many as are to be had.
#pragma once

#include <algorithm>
#include <cstddef>
#include <future>
#include <system_error>
#include <thread>
#include <vector>

#include "base/signals_held_back.h"

namespace conform {

/// Of the machine, as far as the process may use it; at least 1. Asked once: the answer is read
/// from files.
inline std::size_t CountCores() {
  static const std::size_t kCores = std::max(1U, std::thread::hardware_concurrency());
  return kCores;
}

/// Up to `most` that do `work`; fewer, or none, where the system gives no more. The signals that
/// stop a run reach none of them.
template <typename Work>
std::vector<std::thread> StartThreads(std::size_t most, const Work& work) {
  std::vector<std::thread> threads;
  threads.reserve(most);
  const SignalsHeldBack held_back;
  try {
    while (threads.size() < most) threads.emplace_back(work);
  } catch (const std::system_error&) {
    // Those that there are do all of it.
  }
  return threads;
}

/// The result of `work`, which a thread of its own does where one is to be had; else whoever asks
/// for it does it then.
template <typename Work>
auto BeginAside(const Work& work) {
  const SignalsHeldBack held_back;
  // Copied: what was moved is gone where the thread was not to be had.
  return std::async(std::launch::async | std::launch::deferred, work);
}

}  // namespace conform
