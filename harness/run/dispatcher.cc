#include "run/dispatcher.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/heap.h"
#include "base/start_threads.h"

namespace conform {

namespace {

/// Of the tests that are run with each other.
constexpr std::size_t kMostJoined = 8;

}  // namespace

Dispatcher::Dispatcher(DispatchOptions options, RunTests run, Stop& stop)
    : options_(std::move(options)), run_(std::move(run)), stop_(stop) {}

Dispatcher::~Dispatcher() { EndThreads(); }

void Dispatcher::EndThreads() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = leaving_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Dispatcher::Plan(const std::vector<const Test*>& order) {
  // Each begins with its work while the next are made, unless that could take what those need.
  if (IsMemoryLimited()) AddThreads(order.size());
  {
    const std::lock_guard lock(mutex_);
    if (taken_ == slots_.size()) {
      slots_.clear();
      next_ = taken_ = 0;
    }
    slots_.reserve(slots_.size() + order.size());
    for (const Test* test : order) {
      const bool waits = options_.waits_for_turn && options_.waits_for_turn(*test);
      const std::string_view group = options_.group_of ? options_.group_of(*test) : "";
      const bool joins = options_.joins && !waits && group.empty() && options_.joins(*test);
      slots_.push_back({test, waits, group, joins, State::kQueued, nullptr});
    }
  }
  work_.notify_all();
  AddThreads(order.size());
}

/// As many as have something to do.
void Dispatcher::AddThreads(std::size_t tests) {
  const auto others = static_cast<std::size_t>(std::max(options_.jobs - 1, 0));
  const std::size_t wanted = std::min(others, tests);
  if (wanted <= threads_.size()) return;
  for (std::thread& each : StartThreads(wanted - threads_.size(), [this] { Work(); })) {
    threads_.push_back(std::move(each));
  }
}

/// The slot that may begin next, ahead of its turn; mutex_ is held.
std::optional<std::size_t> Dispatcher::FindNext() const {
  // Once it has ended, what it was given may be gone.
  if (ended_ || stop_.IsRequested()) return std::nullopt;
  std::set<std::string_view> held;  // groups of which a test is under way, or comes first
  const std::size_t end = std::min(slots_.size(), taken_ + options_.look_ahead);
  // Before next_ are tests under way, which may hold others back.
  const bool holds_back = options_.group_of || options_.waits_for_turn;
  for (std::size_t i = holds_back ? taken_ : next_; i < end; ++i) {
    const Slot& slot = slots_[i];
    if (slot.state == State::kDone) continue;
    // What waits for its turn is run by its taker: until it is done, nothing passes it.
    if (slot.waits_for_turn) return std::nullopt;
    const bool is_free = slot.group.empty() || held.insert(slot.group).second;
    if (is_free && slot.state == State::kQueued) return i;
  }
  return std::nullopt;
}

/// mutex_ is held. Towards the end fewer, so that no thread has much to do while the others have
/// nothing.
std::size_t Dispatcher::CountJoined(std::size_t index) const {
  if (options_.jobs < 2 || !slots_[index].joins) return 1;
  const std::size_t shares = 2 * static_cast<std::size_t>(options_.jobs);
  const std::size_t most = std::min(kMostJoined, 1 + (slots_.size() - index) / shares);
  const std::size_t end = std::min({slots_.size(), taken_ + options_.look_ahead, index + most});
  std::size_t next = index + 1;
  while (next < end && slots_[next].joins && slots_[next].state == State::kQueued) ++next;
  return next - index;
}

void Dispatcher::RunSlots(std::size_t index, Lock& lock) {
  std::vector<const Test*> tests(CountJoined(index));
  for (std::size_t i = 0; i < tests.size(); ++i) {
    tests[i] = slots_[index + i].test;
    slots_[index + i].state = State::kRunning;
  }
  while (next_ < slots_.size() && slots_[next_].state != State::kQueued) ++next_;
  ++running_;
  lock.unlock();
  std::vector<FinishedTest> finished = run_(tests);
  lock.lock();
  --running_;
  // Nothing is planned over a slot before it is taken, but planning may have moved it.
  for (std::size_t i = 0; i < tests.size(); ++i) {
    slots_[index + i].finished = std::make_unique<FinishedTest>(std::move(finished[i]));
    slots_[index + i].state = State::kDone;
  }
}

void Dispatcher::Work() {
  // Many wait more than they allocate, and each first page would be a large one.
  if (HasFewThreads()) PrepareThreadHeap();
  Lock lock(mutex_);
  while (!leaving_) {
    const std::optional<std::size_t> next = FindNext();
    if (!next) {
      work_.wait(lock);
      continue;
    }
    RunSlots(*next, lock);
    done_.notify_one();
  }
}

std::optional<FinishedTest> Dispatcher::Take(const Test& test) {
  Lock lock(mutex_);
  if (taken_ >= slots_.size() || slots_[taken_].test != &test) {
    lock.unlock();
    if (stop_.IsRequested()) return std::nullopt;
    return std::move(run_({&test}).front());
  }
  const std::size_t index = taken_;
  while (slots_[index].state != State::kDone) {
    if (slots_[index].state == State::kQueued) {
      if (stop_.IsRequested()) return std::nullopt;
      RunSlots(index, lock);
    } else if (const auto next = FindNext()) {
      RunSlots(*next, lock);
    } else {
      done_.wait(lock);
    }
  }
  ++taken_;
  std::unique_ptr<FinishedTest> finished = std::move(slots_[index].finished);
  // Threads that were stopped by the bound begin again in one go, not for each test taken.
  const bool wake = slots_[index].waits_for_turn || !slots_[index].group.empty() ||
                    next_ - taken_ <= options_.look_ahead / 2;
  lock.unlock();
  if (wake) work_.notify_all();
  return std::move(*finished);
}

bool Dispatcher::IsReady() {
  const std::lock_guard lock(mutex_);
  return taken_ < slots_.size() && slots_[taken_].state == State::kDone;
}

std::vector<FinishedTest> Dispatcher::TakeRest() {
  Lock lock(mutex_);
  ended_ = true;
  done_.wait(lock, [this] { return running_ == 0; });
  if (HasFewThreads()) {
    lock.unlock();
    EndThreads();
    lock.lock();
  }
  std::vector<FinishedTest> rest;
  for (; taken_ < slots_.size(); ++taken_) {
    if (slots_[taken_].finished) rest.push_back(std::move(*slots_[taken_].finished));
  }
  return rest;
}

}  // namespace conform
