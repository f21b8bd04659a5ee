// One connection, and how TCP makes it.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "base/origin.h"
#include "exchange/bounds.h"
#include "exchange/deadline.h"
#include "exchange/exchange.h"
#include "exchange/stream.h"

namespace conform {

struct Connection {
  std::unique_ptr<Stream> stream;
  std::string remote_address;
  std::optional<TlsFacts> tls;
  Instant last_used;
  std::array<char, std::size_t{64} * 1024>
      buffer;               // not initialised: only what was read is looked at.
  std::string_view unread;  ///< of `buffer`: what came behind an answer, of those that follow it.
};

/// Looks up and connects within `bounds.connect` of `start`, trying each address in turn. Fills the
/// phases of `times` that were reached. `whom` is how troubles call the peer.
tl::expected<std::unique_ptr<Connection>, Trouble> ConnectTcp(const Origin& peer,
                                                              std::string_view whom,
                                                              const Bounds& bounds, Instant start,
                                                              PhaseTimes& times);

}  // namespace conform
