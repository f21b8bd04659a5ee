#include "exchange/proxy_tunnel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/http_text.h"
#include "exchange/response_reader.h"

namespace conform {
namespace {

using Told = Stream::Told;
using State = ResponseReader::State;

/// host:port, the port always written.
std::string AuthorityOf(const Origin& origin) {
  const bool v6 = origin.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", origin.host, v6 ? "]" : "", origin.port);
}

std::string WriteConnect(const Proxy& proxy, const Origin& origin) {
  const std::string authority = AuthorityOf(origin);
  Request request;
  request.method = "CONNECT";
  request.target = authority;
  request.fields.push_back({"Host", authority});
  if (!proxy.authorization.empty()) {
    request.fields.push_back({"Proxy-Authorization", proxy.authorization});
  }
  return WriteRequest(request);
}

Trouble TimedOut(const Proxy& proxy) {
  return {TroubleKind::kTimeout, fmt::format("{} did not answer in time", Describe(proxy)),
          "check the proxy, or raise the profile's bound 'connect'"};
}

Trouble BrokeOff(const Proxy& proxy) {
  return {TroubleKind::kProxy,
          fmt::format("{} broke the connection off instead of answering", Describe(proxy)),
          "check the proxy's address and its log"};
}

std::optional<Trouble> WriteAll(Stream& stream, std::string_view bytes, const Proxy& proxy,
                                Instant until) {
  while (!bytes.empty()) {
    const Stream::Result result = stream.Write(bytes);
    if (result.told == Told::kBytes) {
      bytes.remove_prefix(result.bytes);
    } else if (result.told == Told::kFailed) {
      return BrokeOff(proxy);
    } else if (WaitFor(stream.descriptor(), POLLOUT, until) == 0) {
      return TimedOut(proxy);
    }
  }
  return std::nullopt;
}

std::optional<Trouble> AwaitAnswer(Stream& stream, ResponseReader& reader, const Proxy& proxy,
                                   Instant until) {
  while (reader.state() == State::kHeader) {
    if (WaitFor(stream.descriptor(), POLLIN, until) == 0) return TimedOut(proxy);
    // One by one: what follows the header section is the tunnel's.
    char byte = 0;
    const Stream::Result result = stream.Read(&byte, 1);
    if (result.told == Told::kBytes) reader.Feed({&byte, 1});
    if (result.told == Told::kClosed || result.told == Told::kFailed) return BrokeOff(proxy);
  }
  return std::nullopt;
}

struct Refusal {
  int status;
  std::string_view text;  ///< `{0}` is the proxy, `{1}` the origin's authority.
  std::string_view advice;
};

constexpr std::string_view kCheckSignIn = "check the user name and password of the proxy";
constexpr std::string_view kCheckHost =
    "check the host and port of the target, and the proxy's log";

/// Squid refuses a wrong sign-in with 407, tinyproxy with 401.
constexpr std::array<Refusal, 6> kWithSignIn = {{
    {401, "{0} did not accept the sign-in", kCheckSignIn},
    {407, "{0} did not accept the sign-in", kCheckSignIn},
    {403, "{0} does not allow connections to {1}", "ask who runs the proxy to allow it"},
    {502, "{0} could not reach {1}", kCheckHost},
    {503, "{0} could not reach {1}", kCheckHost},
    {504, "{0} could not reach {1} in time", kCheckHost},
}};

Trouble Refused(int status, const Proxy& proxy, const Origin& origin) {
  const std::string whom = Describe(proxy);
  if ((status == 401 || status == 407) && proxy.authorization.empty()) {
    return {TroubleKind::kProxy, fmt::format("{} asks for a sign-in ({})", whom, status),
            "put user:password@ before the proxy's host"};
  }
  const auto* const known =
      std::find_if(kWithSignIn.begin(), kWithSignIn.end(),
                   [status](const Refusal& one) { return one.status == status; });
  if (known == kWithSignIn.end()) {
    return {TroubleKind::kProxy, fmt::format("{} answered {} to CONNECT", whom, status),
            "check that the address is that of a proxy, and its log"};
  }
  return {TroubleKind::kProxy,
          fmt::format(fmt::runtime(known->text), whom, AuthorityOf(origin)) +
              fmt::format(" ({})", status),
          std::string(known->advice)};
}

}  // namespace

std::optional<Trouble> OpenTunnel(Stream& stream, const Proxy& proxy, const Origin& origin,
                                  const Bounds& bounds, Instant until) {
  if (auto trouble = WriteAll(stream, WriteConnect(proxy, origin), proxy, until)) return trouble;
  ResponseReader reader("CONNECT", bounds);
  if (auto trouble = AwaitAnswer(stream, reader, proxy, until)) return trouble;
  if (!reader.has_status()) {
    return Trouble{TroubleKind::kProxy,
                   fmt::format("{} answered with what is not HTTP", Describe(proxy)),
                   "check that the address is that of a proxy"};
  }
  const int status = reader.response().status;
  if (IsSuccessStatus(status)) return std::nullopt;
  return Refused(status, proxy, origin);
}

}  // namespace conform
