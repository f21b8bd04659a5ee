// A connected TCP socket, owned.
#pragma once

#include "exchange/stream.h"

namespace conform {

class TcpStream final : public Stream {
 public:
  /// Takes a connected socket and makes it non-blocking, without Nagle's delay.
  explicit TcpStream(int descriptor);
  ~TcpStream() override;
  TcpStream(const TcpStream&) = delete;
  TcpStream& operator=(const TcpStream&) = delete;

  Result Read(char* into, std::size_t max) override;
  Result Write(std::string_view bytes) override;
  int descriptor() const override { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace conform
