// One thread a connection: cpp-httplib's own pool of eight leaves the ninth client waiting.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace conform {

/// Starts a thread whenever none is idle, and keeps it for later connections.
class ConnectionThreads final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> job) override;
  /// Lets the jobs finish, then joins all threads.
  void shutdown() override;

 private:
  void Work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool shut_down_ = false;
};

}  // namespace conform
