#include "exchange/proxy_tunnel.h"

#include <fmt/format.h>

#include <utility>

#include "base/http_text.h"
#include "exchange/response_reader.h"

namespace conform {
namespace {

using Told = Stream::Told;
using State = ResponseReader::State;

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
  ProxyRefusal refusal = DescribeRefusal(status, reader.response().fields, proxy, origin);
  return Trouble{TroubleKind::kProxy, std::move(refusal.text), std::move(refusal.advice)};
}

}  // namespace conform
