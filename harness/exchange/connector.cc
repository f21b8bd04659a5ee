#include "exchange/connector.h"

#include <fmt/format.h>

#include "exchange/proxy_tunnel.h"
#include "exchange/tls_stream.h"

namespace conform {
namespace {

tl::expected<std::unique_ptr<Connection>, Trouble> ConnectToProxy(const Proxy& proxy,
                                                                  const Bounds& bounds,
                                                                  Instant start,
                                                                  PhaseTimes& times) {
  auto made = ConnectTcp(proxy.address, Describe(proxy), bounds, start, times);
  if (made) return made;
  Trouble trouble = std::move(made.error());
  if (trouble.kind == TroubleKind::kLookup) {
    trouble.text = fmt::format("{} is not found: {}", Describe(proxy), trouble.text);
  }
  trouble.advice = fmt::format("check {}, and that the proxy is up", proxy.named_by);
  return tl::unexpected(std::move(trouble));
}

}  // namespace

Expected<Connector> Connector::Load(const Origin& origin, const ConnectionSettings& settings) {
  Connector connector;
  connector.origin_ = origin;
  if (origin.scheme != "https") return connector;
  auto proxy = ChooseProxy(origin, settings.proxy, settings.variables);
  if (!proxy) return tl::unexpected(proxy.error());
  connector.proxy_ = *std::move(proxy);
  auto tls = TlsContext::Load(origin.host, settings.tls, settings.variables);
  if (!tls) return tl::unexpected(tls.error());
  connector.tls_ = *std::move(tls);
  return connector;
}

tl::expected<std::unique_ptr<Connection>, Trouble> Connector::Connect(const Bounds& bounds,
                                                                      Instant start,
                                                                      PhaseTimes& times) const {
  auto made = proxy_ ? ConnectToProxy(*proxy_, bounds, start, times)
                     : ConnectTcp(origin_, FormatOrigin(origin_), bounds, start, times);
  if (!made || tls_ == nullptr) return made;
  Connection& connection = **made;
  const Instant until = start + std::min(bounds.connect, bounds.exchange);
  if (proxy_) {
    auto trouble = OpenTunnel(*connection.stream, *proxy_, origin_, bounds, until);
    if (trouble) return tl::unexpected(*std::move(trouble));
  }
  auto secure = std::make_unique<TlsStream>(std::move(connection.stream), *tls_, origin_);
  if (auto trouble = secure->Handshake(until)) return tl::unexpected(*std::move(trouble));
  times.tls = Since(start);
  connection.tls = secure->facts();
  connection.stream = std::move(secure);
  return made;
}

}  // namespace conform
