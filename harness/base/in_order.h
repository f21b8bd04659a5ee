// Work on many items by several threads, whose results come in the order of the items.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/start_threads.h"

namespace conform {

/// One call of MakeInOrder. Each stretch of items is made by whichever thread comes first; the one
/// that takes makes some too, so that it waits only where nothing is left to be made.
template <typename Make, typename Take>
class InOrder {
 public:
  InOrder(std::size_t count, std::size_t step, const Make& make, const Take& take)
      : count_(count),
        step_(step),
        make_(make),
        take_(take),
        stretches_((count + step - 1) / step),
        places_(std::min(stretches_, kAhead * CountCores())) {}

  ~InOrder() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    for (std::thread& each : helpers_) each.join();
  }

  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;

  void Run() {
    if (stretches_ == 0) return;
    helpers_ = StartThreads(std::min(stretches_, CountCores()) - 1, [this] { Help(); });
    std::unique_lock lock(mutex_);
    while (taken_ < stretches_) {
      Stretch& next = places_[taken_ % places_.size()];
      if (!next.made && !next.thrown) {
        CanClaim() ? MakeOne(lock) : changed_.wait(lock);
        continue;
      }
      Stretch stretch = std::exchange(next, Stretch());
      lock.unlock();
      if (stretch.thrown) std::rethrow_exception(stretch.thrown);
      if (!take_(*std::move(stretch.made))) return;
      lock.lock();
      ++taken_;
      changed_.notify_all();
    }
  }

 private:
  /// Stretches that may wait to be taken, for each core.
  static constexpr std::size_t kAhead = 4;

  struct Stretch {
    std::optional<decltype(std::declval<const Make&>()(std::size_t{}, std::size_t{}))> made;
    std::exception_ptr thrown;
  };

  bool CanClaim() const { return claimed_ < stretches_ && claimed_ < taken_ + places_.size(); }

  void Help() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ended_ || claimed_ == stretches_ || CanClaim(); });
      if (ended_ || claimed_ == stretches_) return;
      MakeOne(lock);
    }
  }

  void MakeOne(std::unique_lock<std::mutex>& lock) {
    const std::size_t number = claimed_++;
    lock.unlock();
    Stretch stretch;
    try {
      stretch.made.emplace(make_(number * step_, std::min((number + 1) * step_, count_)));
    } catch (...) {
      stretch.thrown = std::current_exception();
    }
    lock.lock();
    places_[number % places_.size()] = std::move(stretch);
    changed_.notify_all();
  }

  const std::size_t count_;
  const std::size_t step_;
  const Make& make_;
  const Take& take_;
  const std::size_t stretches_;
  std::mutex mutex_;  ///< of what is below.
  std::condition_variable changed_;
  std::vector<Stretch> places_;  ///< of those from taken_ on, each at its number modulo the size.
  std::size_t claimed_ = 0;      ///< made, or being made.
  std::size_t taken_ = 0;
  bool ended_ = false;
  std::vector<std::thread> helpers_;
};

/// Calls `make(begin, end)` for each stretch of `step` items of `count`, as many at once as there
/// are cores, and `take` with what each made, in order and on the calling thread, until it answers
/// false. What `make` throws comes out here.
template <typename Make, typename Take>
void MakeInOrder(std::size_t count, std::size_t step, const Make& make, const Take& take) {
  InOrder<Make, Take>(count, step, make, take).Run();
}

}  // namespace conform
