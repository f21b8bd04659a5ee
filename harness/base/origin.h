// Scheme, host and port of a target (RFC 6454; RFC 9110 §4.3.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace conform {

struct Origin {
  std::string scheme;  ///< `http` or `https`.
  std::string host;    ///< lower case, without brackets.
  std::uint16_t port = 0;

  bool operator==(const Origin&) const = default;
};

/// Reads `scheme://host[:port]`, at most a `/` behind it. Errors name what is wrong.
Expected<Origin> ParseOrigin(std::string_view text);
/// With the port only where it is not the scheme's own.
std::string FormatOrigin(const Origin& origin);
/// A name may end with a dot, which neither TLS nor lists of names have (RFC 6066 §3).
std::string_view WithoutLastDot(std::string_view host);
/// The Host field's value (RFC 9110 §7.2).
std::string HostField(const Origin& origin);
/// 127.0.0.0/8, ::1, and `localhost`.
bool IsLoopback(const Origin& origin);

}  // namespace conform
