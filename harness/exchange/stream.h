// Bytes to and from a peer, without ever blocking but for as long as is said: plain TCP, or TLS
// over that.
#pragma once

#include <cstddef>
#include <string_view>

#include "exchange/deadline.h"

namespace conform {

struct Trouble;

class Stream {
 public:
  enum class Told {
    kBytes,      ///< `bytes` of them crossed.
    kWantRead,   ///< nothing crossed; ask again once the descriptor is readable.
    kWantWrite,  ///< … writable. TLS may want either for both.
    kClosed,     ///< the peer closed its side.
    kCutOff,     ///< it did so without the close_notify that ends TLS (RFC 8446 §6.1).
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
  /// Reads once there is something, or tells kWantRead: later than `until` by a tick of the system
  /// at most.
  virtual Result ReadBy(char* into, std::size_t max, Instant until) {
    if (WaitFor(descriptor(), POLLIN, until) == 0) return {Told::kWantRead, 0, 0};
    return Read(into, max);
  }
  /// To wait on.
  virtual int descriptor() const = 0;
  /// Why it is broken, where more than an errno is known; else null.
  virtual const Trouble* trouble() const { return nullptr; }
};

}  // namespace conform
