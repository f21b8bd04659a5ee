// One connection to the origin, and how it is made.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "exchange/bounds.h"
#include "exchange/deadline.h"
#include "exchange/exchange.h"
#include "exchange/origin.h"
#include "exchange/stream.h"

namespace conform {

struct Connection {
  std::unique_ptr<Stream> stream;
  std::string remote_address;
  Instant last_used;
  std::array<char, std::size_t{64} * 1024>
      buffer;  // not initialised: only what was read is looked at.
};

/// Looks up and connects within `bounds.connect`, trying each address in turn. Fills the phases of
/// `times` that were reached, from `start`.
tl::expected<std::unique_ptr<Connection>, Trouble> Connect(const Origin& origin,
                                                           const Bounds& bounds, Instant start,
                                                           PhaseTimes& times);

}  // namespace conform
