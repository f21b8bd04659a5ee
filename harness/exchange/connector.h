// How connections to one origin are made: directly or through a proxy, plain or secure.
#pragma once

#include <memory>
#include <optional>

#include "base/proxy.h"
#include "exchange/connection.h"
#include "exchange/connection_settings.h"
#include "exchange/tls_context.h"

namespace conform {

/// Safe to use from several threads.
class Connector {
 public:
  /// Errors: a file or variable that the settings name is not there or wrong; a proxy's address
  /// that cannot be read.
  static Expected<Connector> Load(const Origin& origin, const ConnectionSettings& settings);

  /// Within `bounds.connect` of `start`: look-up, TCP, the proxy's tunnel and the TLS handshake.
  /// Fills the phases of `times` that were reached, from `start`.
  tl::expected<std::unique_ptr<Connection>, Trouble> Connect(const Bounds& bounds, Instant start,
                                                             PhaseTimes& times) const;

 private:
  Origin origin_;
  std::optional<Proxy> proxy_;
  std::shared_ptr<const TlsContext> tls_;  ///< null: plain.
};

}  // namespace conform
