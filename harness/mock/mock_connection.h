// One connection of the mock: cpp-httplib reads requests from it, and only our bytes are sent.
#pragma once

#include <httplib.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mock/mock_tls.h"

namespace conform {

/// Tells the peer that nothing more comes and takes what it still sends, for a second at most:
/// closing over unread bytes would reset the connection, and the answer might be lost with it.
void LingerOn(int socket);

/// What cpp-httplib writes is dropped: its answers are not ours. Does not own the socket.
class MockConnection final : public httplib::Stream {
 public:
  /// `secure` is null on a plain connection; its handshake is done.
  explicit MockConnection(int socket, std::unique_ptr<SecureChannel> secure = nullptr)
      : socket_(socket), secure_(std::move(secure)) {}

  /// Waits up to `idle` for the first byte of the next request, passing over empty lines before it
  /// (RFC 9112 §2.2). False where none came: closed, stopped, or idle too long.
  bool AwaitRequest(std::chrono::milliseconds idle);
  /// The request's bytes as far as they were read.
  std::string_view head() const { return std::string_view(buffer_).substr(0, position_); }
  /// The same; they are then no longer kept here.
  std::string TakeHead();
  /// Reads on to the empty line that ends a header section. False where it did not come within
  /// 64 KiB, or the peer closed or fell silent.
  bool ReadToEndOfHead();

  /// Exactly `size` bytes, or nothing.
  std::optional<std::string> ReadExactly(std::size_t size);
  /// A line without its CRLF, at most 4 KiB of it, or nothing.
  std::optional<std::string> ReadLine();

  bool Send(std::string_view bytes);
  /// Ends the secure channel, then LingerOn.
  void Linger();

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* bytes, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  /// None: cpp-httplib refuses sockets above 1023, though it has no use for the number.
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  bool Receive();

  int socket_;
  std::unique_ptr<SecureChannel> secure_;
  std::string buffer_;
  std::size_t position_ = 0;  // bytes of buffer_ that were read.
};

}  // namespace conform
