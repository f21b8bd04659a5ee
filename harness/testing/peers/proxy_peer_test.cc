// Our tunnels and our sign-in held against squid and tinyproxy.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "exchange/client.h"
#include "testing/peers/peer_server.h"
#include "testing/sample_request.h"
#include "testing/test_authority.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

class ProxyPeer : public testing::Test {
 protected:
  explicit ProxyPeer(const std::string& name) : folder_(name) {}

  /// `204`, or `proxy: why`, the proxy's port settled. `sign_in` ends with an @ or is empty.
  std::string Ask(const std::string& sign_in, std::uint16_t target = 0) const {
    ConnectionSettings settings;
    settings.tls.ca_file = folder_.Write("ca.pem", authority_.credential().certificate);
    const std::string address = fmt::format("http://{}127.0.0.1:{}", sign_in, port_);
    settings.variables = [address](std::string_view name) -> std::optional<std::string> {
      if (name != "HTTPS_PROXY") return std::nullopt;
      return address;
    };
    const Origin origin{"https", "127.0.0.1", target == 0 ? server_.port() : target};
    const auto client = Client::Open(origin, {}, kClock, settings);
    if (!client) return "settings: " + client.error().message;
    const Attempt attempt = (*client)->Send({"GET", "/", {{"Host", "127.0.0.1"}}, "", false, {}});
    if (!attempt.trouble) return fmt::format("{}", attempt.response->status);
    std::string told = fmt::format("{}: {}", NameOf(attempt.trouble->kind), attempt.trouble->text);
    const std::string number = fmt::format(":{} ", port_);
    if (const auto at = told.find(number); at != std::string::npos) {
      told.replace(at, number.size(), ":PROXY ");
    }
    return told;
  }

  /// The sign-in is the proxy's alone.
  void ExpectTheServerSawNoSignIn() const {
    ASSERT_GT(server_.requests().size(), 0u);
    for (const ReceivedRequest& received : server_.requests()) {
      EXPECT_EQ(FindField(received.request.fields, "Proxy-Authorization"), nullptr);
    }
  }

  const ServerFolder folder_;
  const TestAuthority authority_;
  const TlsServer server_{{authority_.IssueForLoopback()}};
  const std::uint16_t port_ = FreePort();
  const std::string proxy_at_ = "proxy: the proxy http://127.0.0.1:PROXY (HTTPS_PROXY) ";
};

class Squid : public ProxyPeer {
 protected:
  Squid() : ProxyPeer("squid") {}

  std::vector<std::string> Command() const {
    return SquidCommand(folder_, port_, fmt::format("peer{}", port_));
  }
};

TEST_F(Squid, MakesATunnelForWhoSignsIn) {
  if (!RequirePeer("squid")) return;
  const PeerServer proxy(Command(), port_);
  EXPECT_EQ(Ask("user:pa%3Ass%40word@"), "204");
  EXPECT_EQ(Ask("user:wrong@"), proxy_at_ + "did not accept the sign-in (407)");
  EXPECT_EQ(Ask(""), proxy_at_ + "asks for a sign-in (407)");
  const std::uint16_t nobody = FreePort();
  EXPECT_EQ(Ask("user:pa%3Ass%40word@", nobody),
            proxy_at_ + fmt::format("could not reach 127.0.0.1:{} (503)", nobody));
  ExpectTheServerSawNoSignIn();
}

class Tinyproxy : public ProxyPeer {
 protected:
  Tinyproxy() : ProxyPeer("tinyproxy") {}

  std::vector<std::string> Command() const {
    return {"tinyproxy", "-d", "-c",
            folder_.Write("tinyproxy.conf",
                          fmt::format("Port {}\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\n"
                                      "LogLevel Error\nBasicAuth user password\n",
                                      port_))};
  }
};

TEST_F(Tinyproxy, MakesATunnelForWhoSignsIn) {
  if (!RequirePeer("tinyproxy")) return;
  const PeerServer proxy(Command(), port_);
  EXPECT_EQ(Ask("user:password@"), "204");
  EXPECT_EQ(Ask("user:wrong@"), proxy_at_ + "did not accept the sign-in (401)");
  EXPECT_EQ(Ask(""), proxy_at_ + "asks for a sign-in (407)");
  ExpectTheServerSawNoSignIn();
}

}  // namespace
}  // namespace conform
