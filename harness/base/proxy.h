// The HTTP proxy through which an origin is reached, if any.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/fields.h"
#include "base/origin.h"

namespace conform {

/// The value of an environment variable, or nothing where it is not set.
using VariableLookup = std::function<std::optional<std::string>(std::string_view name)>;

/// Of a target and its sign-ins. Only their https origins are reached through a proxy: plain http
/// is loopback's alone.
struct ProxySettings {
  /// `http://host:port`, in place of what the environment says. Empty: no proxy. Nothing: by
  /// https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY (the first that is set) and no_proxy, NO_PROXY.
  std::optional<std::string> address;
  std::string credentials_variable;   ///< names the variable that holds `user:password`.
  std::vector<std::string> no_proxy;  ///< with `address`: hosts that are reached without it.
};

struct Proxy {
  Origin address;
  std::string named_by;       ///< `HTTPS_PROXY`, `the profile`: where to look when it is wrong.
  std::string authorization;  ///< value of Proxy-Authorization, a secret; empty: none is sent.
};

/// Nothing: the origin is reached directly, as plain http always is. Errors never quote the
/// address, since a password may stand in it.
Expected<std::optional<Proxy>> ChooseProxy(const Origin& origin, const ProxySettings& settings,
                                           const VariableLookup& variables);

/// Of what no profile speaks of, by the environment alone; plain http, too, but to loopback: as
/// curl does it by http_proxy (HTTP_PROXY may be a stranger's, who asked a CGI program), all_proxy,
/// ALL_PROXY, and the lists of hosts that are reached without it.
Expected<std::optional<Proxy>> ChooseWebProxy(const Origin& origin,
                                              const VariableLookup& variables);

/// `the proxy http://proxy.example:3128 (HTTPS_PROXY)`, without what it is signed in with.
std::string Describe(const Proxy& proxy);

/// The whole request for a tunnel to the origin (RFC 9110 §9.3.6). Holds the sign-in.
std::string WriteConnect(const Proxy& proxy, const Origin& origin);

struct ProxyRefusal {
  std::string text;    ///< `the proxy … asks for a sign-in (407)`.
  std::string advice;  ///< what to do.
};

/// Of an answer to CONNECT that is no 2xx; or of 407 to a request that it was to pass on. Of what
/// the answer says only the names of well-known ways to sign in are told.
ProxyRefusal DescribeRefusal(int status, const Fields& answer, const Proxy& proxy,
                             const Origin& origin);

}  // namespace conform
