// Bytes to and from a peer, without ever blocking: plain TCP here; TLS is another Stream.
#pragma once

#include <cstddef>
#include <string_view>

namespace conform {

class Stream {
 public:
  enum class Told {
    kBytes,      ///< `bytes` of them crossed.
    kWantRead,   ///< nothing crossed; ask again once the descriptor is readable.
    kWantWrite,  ///< … writable. TLS may want either for both.
    kClosed,     ///< the peer closed its side.
    kFailed,     ///< the connection is broken: `error` is an errno.
  };
  struct Result {
    Told told = Told::kFailed;
    std::size_t bytes = 0;
    int error = 0;
  };

  virtual ~Stream() = default;
  virtual Result Read(char* into, std::size_t max) = 0;
  virtual Result Write(std::string_view bytes) = 0;
  /// To wait on.
  virtual int descriptor() const = 0;
};

}  // namespace conform
