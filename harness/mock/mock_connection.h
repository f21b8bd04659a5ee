// One connection of the mock: the bytes that come, and those that are sent.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mock/mock_tls.h"

namespace conform {

/// Of a request line and header section, in bytes.
inline constexpr std::size_t kLongestHead = std::size_t{64} * 1024;

/// Tells the peer that nothing more comes and takes what it still sends, for a second at most:
/// closing over unread bytes would reset the connection, and the answer might be lost with it.
void LingerOn(int socket);

/// Does not own the socket. A peer that is silent for a minute has gone.
class MockConnection {
 public:
  /// `secure` is null on a plain connection; its handshake is done.
  explicit MockConnection(int socket, std::unique_ptr<SecureChannel> secure = nullptr);

  /// Waits for the first byte of the next request, passing over empty lines before it (RFC 9112
  /// §2.2). False where none came: closed, stopped, or idle too long.
  bool AwaitRequest();
  /// Reads the request on to the end of the first `end` in it. False where that did not come within
  /// kLongestHead, or the peer closed or fell silent.
  bool ReadThrough(std::string_view end);
  /// When AwaitRequest saw it.
  std::chrono::steady_clock::time_point request_came() const { return request_came_; }
  /// The request's bytes as far as they were read.
  std::string_view head() const { return std::string_view(buffer_).substr(0, position_); }
  /// The same; they are then no longer kept here.
  std::string TakeHead();

  /// Exactly `size` bytes, or nothing.
  std::optional<std::string> ReadExactly(std::size_t size);
  /// A line without its CRLF, at most 4 KiB of it, or nothing.
  std::optional<std::string> ReadLine();

  /// Holds them back while the head of a further request is there, until Flush or more is read.
  bool Send(std::string_view bytes);
  bool Flush();
  /// Ends the secure channel, then LingerOn.
  void Linger();

 private:
  bool Receive();

  int socket_;
  std::unique_ptr<SecureChannel> secure_;
  std::string buffer_;
  std::size_t position_ = 0;  // bytes of buffer_ that were read.
  std::chrono::steady_clock::time_point request_came_;
  std::string unsent_;  // answers that are held back.
};

}  // namespace conform
