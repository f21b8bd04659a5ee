#include "run/dispatcher.h"

#include <utility>

namespace conform {

Dispatcher::Dispatcher(DispatchOptions options, RunTest run, Stop& stop)
    : options_(std::move(options)), run_(std::move(run)), stop_(stop) {
  const SignalsHeldBack held_back;
  for (int i = 1; i < options_.jobs; ++i) threads_.emplace_back([this] { Work(); });
}

Dispatcher::~Dispatcher() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Dispatcher::Plan(const std::vector<const Test*>& order, int round) {
  {
    const std::lock_guard lock(mutex_);
    if (taken_ == slots_.size()) {
      slots_.clear();
      next_ = taken_ = 0;
    }
    slots_.reserve(slots_.size() + order.size());
    for (const Test* test : order) {
      const bool waits = options_.waits_for_turn && options_.waits_for_turn(*test);
      slots_.push_back({test, round, waits, State::kQueued, nullptr});
    }
  }
  work_.notify_all();
}

/// Of slots_[next_]; mutex_ is held.
bool Dispatcher::CanBegin() const {
  if (ended_ || next_ >= slots_.size() || next_ - taken_ >= options_.look_ahead) return false;
  if (slots_[next_].waits_for_turn) return false;
  // What waits for its turn is run by its taker: until it is done, nothing passes it.
  return next_ == taken_ || !slots_[next_ - 1].waits_for_turn ||
         slots_[next_ - 1].state == State::kDone;
}

void Dispatcher::RunSlot(std::size_t index, Lock& lock) {
  Slot& slot = slots_[index];
  const Test& test = *slot.test;
  const int round = slot.round;
  slot.state = State::kRunning;
  if (index == next_) ++next_;
  ++running_;
  lock.unlock();
  auto record = std::make_unique<TestRecord>(run_(test, round));
  lock.lock();
  --running_;
  // Nothing is planned over a slot before it is taken, but planning may have moved it.
  slots_[index].record = std::move(record);
  slots_[index].state = State::kDone;
}

void Dispatcher::Work() {
  Lock lock(mutex_);
  while (!ended_) {
    if (!CanBegin() || stop_.IsRequested()) {
      work_.wait(lock);
      continue;
    }
    RunSlot(next_, lock);
    done_.notify_one();
  }
}

std::optional<TestRecord> Dispatcher::Take(const Test& test, int round) {
  Lock lock(mutex_);
  if (taken_ >= slots_.size() || slots_[taken_].test != &test) {
    lock.unlock();
    if (stop_.IsRequested()) return std::nullopt;
    return run_(test, round);
  }
  const std::size_t index = taken_;
  while (slots_[index].state != State::kDone) {
    const bool stopped = stop_.IsRequested();
    if (slots_[index].state == State::kQueued) {
      if (stopped) return std::nullopt;
      RunSlot(index, lock);
    } else if (!stopped && CanBegin()) {
      RunSlot(next_, lock);
    } else {
      done_.wait(lock);
    }
  }
  ++taken_;
  std::unique_ptr<TestRecord> record = std::move(slots_[index].record);
  // Threads that were stopped by the bound begin again in one go, not for each test taken.
  const bool wake = slots_[index].waits_for_turn || next_ - taken_ <= options_.look_ahead / 2;
  lock.unlock();
  if (wake) work_.notify_all();
  return std::move(*record);
}

bool Dispatcher::IsReady() {
  const std::lock_guard lock(mutex_);
  return taken_ < slots_.size() && slots_[taken_].state == State::kDone;
}

std::vector<TestRecord> Dispatcher::TakeRest() {
  Lock lock(mutex_);
  ended_ = true;
  done_.wait(lock, [this] { return running_ == 0; });
  std::vector<TestRecord> rest;
  for (; taken_ < slots_.size(); ++taken_) {
    if (slots_[taken_].record) rest.push_back(std::move(*slots_[taken_].record));
  }
  return rest;
}

}  // namespace conform
