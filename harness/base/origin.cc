#include "base/origin.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.h"

namespace conform {
namespace {

constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-._";

std::uint16_t DefaultPort(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

bool IsIpv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

/// Splits `host[:port]` or `[v6][:port]`; `port` keeps its colon. False: no such form.
bool SplitAuthority(std::string_view authority, std::string& host, std::string_view& port) {
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return false;
    host = ToLower(authority.substr(1, end - 1));
    port = authority.substr(end + 1);
    return IsIpv6(host);
  }
  const std::size_t colon = std::min(authority.find(':'), authority.size());
  host = ToLower(authority.substr(0, colon));
  port = authority.substr(colon);
  return !WithoutLastDot(host).empty() &&
         host.find_first_not_of(kHostCharacters) == std::string::npos;
}

Expected<std::uint16_t> ParsePort(std::string_view text, std::string_view scheme,
                                  std::string_view whole) {
  if (text.empty()) return DefaultPort(scheme);
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + 1, end, port);
  if (text.front() != ':' || read.ec != std::errc() || read.ptr != end || port == 0) {
    return Fail(fmt::format("'{}' has no port between 1 and 65535 after its host", whole));
  }
  return port;
}

}  // namespace

Expected<Origin> ParseOrigin(std::string_view text) {
  const std::size_t colon = text.find("://");
  Origin origin;
  origin.scheme = ToLower(text.substr(0, colon == std::string_view::npos ? 0 : colon));
  if (origin.scheme != "http" && origin.scheme != "https") {
    return Fail(fmt::format("'{}' does not begin with http:// or https://", text));
  }
  std::string_view authority = text.substr(colon + 3);
  if (authority.ends_with('/')) authority.remove_suffix(1);
  if (authority.find_first_of("/?#") != std::string_view::npos) {
    return Fail(fmt::format("'{}' has more than scheme, host and port", text));
  }
  if (authority.find('@') != std::string_view::npos) {
    return Fail("an origin holds no user name or password; leave out what is before the '@'");
  }
  std::string_view port;
  if (!SplitAuthority(authority, origin.host, port)) {
    return Fail(fmt::format("'{}' has no host name or address after its scheme", text));
  }
  const auto parsed = ParsePort(port, origin.scheme, text);
  if (!parsed) return tl::unexpected(parsed.error());
  origin.port = *parsed;
  return origin;
}

std::string_view WithoutLastDot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

std::string HostField(const Origin& origin) {
  const bool v6 = origin.host.find(':') != std::string::npos;
  std::string field = v6 ? "[" + origin.host + "]" : origin.host;
  if (origin.port != DefaultPort(origin.scheme)) field += ":" + std::to_string(origin.port);
  return field;
}

std::string FormatOrigin(const Origin& origin) { return origin.scheme + "://" + HostField(origin); }

bool IsLoopback(const Origin& origin) {
  if (origin.host == "localhost") return true;
  in_addr v4;
  if (inet_pton(AF_INET, origin.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6;
  return inet_pton(AF_INET6, origin.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace conform
