// A connected TCP socket, owned.
#pragma once

#include <chrono>

#include "exchange/stream.h"

namespace conform {

class TcpStream final : public Stream {
 public:
  /// Takes a socket that is connected or will be, without Nagle's delay from here on.
  explicit TcpStream(int descriptor);
  ~TcpStream() override;
  TcpStream(const TcpStream&) = delete;
  TcpStream& operator=(const TcpStream&) = delete;

  Result Read(char* into, std::size_t max) override;
  Result Write(std::string_view bytes) override;
  /// By one call to the kernel, where the stream's would take two.
  Result ReadBy(char* into, std::size_t max, Instant until) override;
  int descriptor() const override { return descriptor_; }

 private:
  void BlockFor(std::chrono::milliseconds time);

  int descriptor_;
  std::chrono::milliseconds blocks_for_{0};  ///< a read that may block; 0: none did yet.
};

}  // namespace conform
