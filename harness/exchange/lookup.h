// Looks a host name up, within a time bound that the resolver itself does not keep.
#pragma once

#include <netdb.h>

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exchange/deadline.h"
#include "exchange/exchange.h"

namespace conform {

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

/// All addresses of a TCP service there, in the order to try them; never empty. A numeric address
/// costs no look-up. Where the resolver is not done by `until` it is left to itself.
tl::expected<std::vector<Address>, Trouble> LookUp(const std::string& host, std::uint16_t port,
                                                   Instant until);

/// `127.0.0.1:8080`, `[::1]:8080`.
std::string FormatAddress(const Address& address);

}  // namespace conform
