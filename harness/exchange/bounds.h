// How much of an answer is read, and for how long, each bound with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace conform {

/// No server can make an exchange cost more than this. A profile may set each.
struct Bounds {
  /// Status line and header section: ten times what Graph sends; servers commonly stop at 8 to 64
  /// KiB.
  std::size_t header_bytes = std::size_t{256} * 1024;
  /// Fields of one section: far above any API, low enough to print.
  std::size_t header_count = 500;
  /// Content as sent, and again content decoded: the largest Graph page is under 4 MiB.
  std::size_t body_bytes = std::size_t{16} * 1024 * 1024;
  /// Nesting of a JSON answer: parsers recurse.
  std::size_t json_depth = 200;
  /// 1xx answers before the final one.
  std::size_t interim_count = 16;
  /// Name lookup and TCP (and TLS) set-up.
  std::chrono::milliseconds connect{10'000};
  /// Silence between two reads.
  std::chrono::milliseconds read{30'000};
  /// The whole exchange, so that a byte a second does not last for ever.
  std::chrono::milliseconds exchange{60'000};
};

}  // namespace conform
