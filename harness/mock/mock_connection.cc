#include "mock/mock_connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

namespace conform {
namespace {

// A whole record of TLS fits: what lay unread in OpenSSL would not make the socket readable.
constexpr std::size_t kReceiveSize = std::size_t{16} * 1024;
constexpr std::size_t kLongestLine = std::size_t{4} * 1024;
constexpr std::string_view kLineEnd = "\r\n";

bool AwaitReadable(int socket, std::chrono::milliseconds timeout) {
  pollfd descriptor{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&descriptor, 1, static_cast<int>(timeout.count()));
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace

void LingerOn(int socket) {
  ::shutdown(socket, SHUT_WR);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  std::array<char, kReceiveSize> unread;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !AwaitReadable(socket, left)) return;
    if (::recv(socket, unread.data(), unread.size(), 0) <= 0) return;
  }
}

MockConnection::MockConnection(int socket, std::unique_ptr<SecureChannel> secure)
    : socket_(socket), secure_(std::move(secure)) {
  const timeval idle{60, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof(idle));
}

bool MockConnection::AwaitRequest() {
  for (;;) {
    buffer_.erase(0, position_);
    position_ = 0;
    while (std::string_view(buffer_).substr(position_).starts_with(kLineEnd)) {
      position_ += kLineEnd.size();
    }
    const bool part_of_empty_line = buffer_.size() == position_ + 1 && buffer_.back() == '\r';
    if (position_ < buffer_.size() && !part_of_empty_line) {
      buffer_.erase(0, position_);
      position_ = 0;
      request_came_ = std::chrono::steady_clock::now();
      return true;
    }
    if (!Receive()) return false;
  }
}

std::string MockConnection::TakeHead() {
  std::string head = buffer_.substr(0, position_);
  buffer_.erase(0, position_);
  position_ = 0;
  return head;
}

bool MockConnection::ReadThrough(std::string_view end) {
  for (;;) {
    const std::size_t at = buffer_.find(end);
    if (at != std::string::npos) {
      position_ = at + end.size();
      return true;
    }
    if (buffer_.size() > kLongestHead || !Receive()) {
      position_ = buffer_.size();
      return false;
    }
  }
}

std::optional<std::string> MockConnection::ReadExactly(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) {
    if (position_ == buffer_.size()) {
      buffer_.clear();
      position_ = 0;
      if (!Receive()) return std::nullopt;
    }
    const std::size_t taken = std::min(size - bytes.size(), buffer_.size() - position_);
    bytes.append(buffer_, position_, taken);
    position_ += taken;
  }
  return bytes;
}

std::optional<std::string> MockConnection::ReadLine() {
  for (;;) {
    const std::size_t end = buffer_.find(kLineEnd, position_);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(position_, end - position_);
      position_ = end + kLineEnd.size();
      return line;
    }
    // What was read is dropped first: a request of many lines would be kept whole.
    buffer_.erase(0, position_);
    position_ = 0;
    if (buffer_.size() > kLongestLine || !Receive()) return std::nullopt;
  }
}

bool MockConnection::Send(std::string_view bytes) {
  unsent_ += bytes;
  // Who sent the next request already is answered both at once.
  constexpr std::size_t kMostHeld = std::size_t{64} * 1024;
  const bool held = unsent_.size() < kMostHeld &&
                    std::string_view(buffer_).find("\r\n\r\n", position_) != std::string_view::npos;
  return held || Flush();
}

bool MockConnection::Flush() {
  const std::string held = std::exchange(unsent_, {});
  std::string_view bytes = held;
  if (secure_ != nullptr) return bytes.empty() || secure_->Send(bytes);
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void MockConnection::Linger() {
  Flush();
  if (secure_ != nullptr) secure_->End();
  LingerOn(socket_);
}

bool MockConnection::Receive() {
  if (!Flush()) return false;
  std::array<char, kReceiveSize> bytes;
  for (;;) {
    const ssize_t received = secure_ != nullptr ? secure_->Receive(bytes.data(), bytes.size())
                                                : ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (received < 0 && errno == EINTR && secure_ == nullptr) continue;
    if (received <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(received));
    return true;
  }
}

}  // namespace conform
