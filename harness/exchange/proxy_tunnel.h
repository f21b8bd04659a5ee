// Asks a proxy for a tunnel to the origin: CONNECT (RFC 9110 §9.3.6).
#pragma once

#include <optional>

#include "base/proxy.h"
#include "exchange/bounds.h"
#include "exchange/deadline.h"
#include "exchange/exchange.h"
#include "exchange/stream.h"

namespace conform {

/// `stream` is connected to the proxy. Nothing: it now carries what the origin is sent, and the
/// proxy's sign-in stays here. Waits until `until` at most. The trouble quotes nothing that the
/// proxy sent but its status code.
std::optional<Trouble> OpenTunnel(Stream& stream, const Proxy& proxy, const Origin& origin,
                                  const Bounds& bounds, Instant until);

}  // namespace conform
