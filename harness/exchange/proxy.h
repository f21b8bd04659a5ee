// The HTTP proxy through which an https origin is reached, if any.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/origin.h"
#include "exchange/connection_settings.h"

namespace conform {

struct Proxy {
  Origin address;
  std::string named_by;       ///< `HTTPS_PROXY`, `the profile`: where to look when it is wrong.
  std::string authorization;  ///< value of Proxy-Authorization, a secret; empty: none is sent.
};

/// Nothing: the origin is reached directly, as plain http always is. Errors never quote the
/// address, since a password may stand in it.
Expected<std::optional<Proxy>> ChooseProxy(const Origin& origin, const ProxySettings& settings,
                                           const VariableLookup& variables);

/// `the proxy http://proxy.example:3128 (HTTPS_PROXY)`, without what it is signed in with.
std::string Describe(const Proxy& proxy);

}  // namespace conform
