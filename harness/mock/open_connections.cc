#include "mock/open_connections.h"

#include <sys/socket.h>

namespace conform {

bool OpenConnections::Add(int socket) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return false;
  sockets_.insert(socket);
  return true;
}

void OpenConnections::Remove(int socket) {
  const std::lock_guard lock(mutex_);
  sockets_.erase(socket);
  changed_.notify_all();
}

void OpenConnections::StopAll(std::chrono::milliseconds grace) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  // Reading ends at once, so idle connections do; an answer under way can still be written.
  for (const int socket : sockets_) ::shutdown(socket, SHUT_RD);
  changed_.wait_for(lock, grace, [this] { return sockets_.empty(); });
  for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
}

bool OpenConnections::WaitUntil(std::chrono::steady_clock::time_point time) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_until(lock, time, [this] { return stopping_; });
}

bool OpenConnections::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

}  // namespace conform
