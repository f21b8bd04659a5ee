// The mock's open sockets, so that stopping need not wait for idle ones.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

namespace conform {

/// Safe to use from several threads.
class OpenConnections {
 public:
  /// False once stopping has begun: the socket is then not to be served.
  bool Add(int socket);
  /// To be called before the socket is closed.
  void Remove(int socket);

  /// Lets each connection finish the answer it is making, then breaks off what still hangs after
  /// `grace`. From now on Add is false.
  void StopAll(std::chrono::milliseconds grace);

  /// False where stopping began before that.
  bool WaitUntil(std::chrono::steady_clock::time_point time);
  bool stopping() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::set<int> sockets_;
  bool stopping_ = false;
};

}  // namespace conform
