// Authority, proxy, client certificate and NO_PROXY against each other, and what a proxy may say.
#include "exchange/connector.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "exchange/client.h"
#include "testing/forwarding_proxy.h"
#include "testing/hostile_server.h"
#include "testing/sample_variables.h"
#include "testing/secure_client.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

std::string Send(const Origin& origin, const ConnectionSettings& settings) {
  const auto client = Client::Open(origin, {}, kClock, settings);
  if (!client) return "settings: " + client.error().message;
  const Attempt attempt = (*client)->Send(kGet);
  if (!attempt.trouble) return fmt::format("{}", attempt.response->status);
  return fmt::format("{}: {} | {}", NameOf(attempt.trouble->kind), attempt.trouble->text,
                     attempt.trouble->advice);
}

std::string Settled(std::string text, int port, const std::string& name) {
  const std::string number = fmt::format(":{}", port);
  for (std::size_t at = 0; (at = text.find(number)) != std::string::npos;) {
    text.replace(at, number.size(), name);
  }
  return text;
}

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

enum class Ca { kNone, kWrong, kRight };
enum class Via { kDirect, kProxy, kSignedIn, kWrongSignIn };
enum class Shown { kNone, kWrong, kRight };

struct Way {
  Ca ca;
  Via via;
  Shown shown;
  bool no_proxy;
};

/// What is met first decides: the proxy, then the server's certificate, then the client's.
std::string Expected(const Way& way) {
  const bool refused = way.via == Via::kProxy || way.via == Via::kWrongSignIn;
  if (refused && !way.no_proxy) return "proxy";
  if (way.ca != Ca::kRight || way.shown != Shown::kRight) return "tls";
  return "204";
}

class Matrix {
 public:
  ConnectionSettings SettingsFor(const Way& way) const {
    ConnectionSettings settings;
    if (way.ca == Ca::kRight) settings.tls.ca_file = ca_file_;
    if (way.ca == Ca::kWrong) settings.tls.ca_file = other_ca_file_;
    if (way.shown != Shown::kNone) {
      settings.tls.client_certificates.push_back(
          {"localhost", way.shown == Shown::kRight ? alice_ : mallory_, "", ""});
    }
    MadeUpVariables variables;
    if (way.via == Via::kProxy) variables["HTTPS_PROXY"] = proxy_.address();
    if (way.via == Via::kSignedIn) variables["HTTPS_PROXY"] = proxy_.address("user:pa%40ss");
    if (way.via == Via::kWrongSignIn) variables["HTTPS_PROXY"] = proxy_.address("user:wrong");
    if (way.no_proxy) variables["NO_PROXY"] = "elsewhere,localhost";
    settings.variables = LookupIn(variables);
    return settings;
  }

  void Try(const Way& way) {
    const std::size_t asked = proxy_.heads().size();
    const std::string told = Send(server_.origin("localhost"), SettingsFor(way));
    EXPECT_EQ(told.substr(0, told.find(':')), Expected(way)) << told;
    const bool through = way.via != Via::kDirect && !way.no_proxy;
    EXPECT_EQ(proxy_.heads().size() - asked, through ? 1u : 0u) << told;
    EXPECT_FALSE(Contains(told, "pa%40ss") || Contains(told, "pa@ss")) << told;
  }

  void ExpectNothingOfTheProxysReachedTheServer() const {
    ASSERT_GT(server_.requests().size(), 0u);
    for (const ReceivedRequest& received : server_.requests()) {
      EXPECT_EQ(FindField(received.request.fields, "Proxy-Authorization"), nullptr);
    }
    for (const std::string& handshake : server_.handshakes()) {
      EXPECT_EQ(handshake, "CN=alice localhost http/1.1");
    }
  }

 private:
  const TestAuthority authority_{"An authority"};
  const TestAuthority other_{"Another authority"};
  const TlsServer server_{{authority_.IssueForLoopback(), authority_.credential().certificate}};
  const ForwardingProxy proxy_{{"user:pa@ss"}};
  const std::string ca_file_ = WriteFile("ca.pem", authority_.credential().certificate);
  const std::string other_ca_file_ = WriteFile("other_ca.pem", other_.credential().certificate);
  const std::string alice_ = WriteCredential("alice", authority_);
  const std::string mallory_ = WriteCredential("mallory", other_);

  static std::string WriteCredential(const std::string& name, const TestAuthority& authority) {
    const Credential made = authority.IssueForClient(name);
    return WriteFile(name + ".pem", made.certificate + made.key);
  }
};

TEST(Connector, TakesEveryWayThroughAuthorityProxyClientCertificateAndNoProxy) {
  Matrix matrix;
  int ways = 0;
  for (const Ca ca : {Ca::kNone, Ca::kWrong, Ca::kRight}) {
    for (const Via via : {Via::kDirect, Via::kProxy, Via::kSignedIn, Via::kWrongSignIn}) {
      for (const Shown shown : {Shown::kNone, Shown::kWrong, Shown::kRight}) {
        for (const bool no_proxy : {false, true}) {
          SCOPED_TRACE(fmt::format("CA {}, via {}, client certificate {}, NO_PROXY {}",
                                   static_cast<int>(ca), static_cast<int>(via),
                                   static_cast<int>(shown), no_proxy));
          matrix.Try({ca, via, shown, no_proxy});
          ++ways;
        }
      }
    }
  }
  EXPECT_EQ(ways, 72);
  matrix.ExpectNothingOfTheProxysReachedTheServer();
}

TEST(Connector, AsksTheProxyForTheHostAndSaysNoMore) {
  const TestAuthority authority;
  const TlsServer server({authority.IssueForLoopback()});
  const ForwardingProxy proxy({"user:pa@ss"});
  ConnectionSettings settings;
  settings.tls.ca_file = WriteFile("ca.pem", authority.credential().certificate);
  settings.variables = LookupIn({{"https_proxy", proxy.address("user:pa%40ss")}});
  // The proxy looks the host up, not this machine: it is known nowhere.
  const Origin nowhere{"https", "graph.invalid", server.port()};
  const std::string told = Settled(Send(nowhere, settings), server.port(), ":PORT");
  EXPECT_EQ(told,
            "tls: no secure connection to https://graph.invalid:PORT: the server's certificate is "
            "for localhost, 127.0.0.1, ::1, not for graph.invalid | check the host of the target, "
            "and what the server's certificate is for");
  ASSERT_EQ(proxy.heads().size(), 1u);
  // echo -n user:pa@ss | base64
  EXPECT_EQ(Settled(proxy.heads()[0], server.port(), ":PORT"),
            "CONNECT graph.invalid:PORT HTTP/1.1\r\nHost: graph.invalid:PORT\r\n"
            "Proxy-Authorization: Basic dXNlcjpwYUBzcw==\r\n\r\n");
}

TEST(Connector, KeepsATunnelForManyRequests) {
  const TestAuthority authority;
  const TlsServer server({authority.IssueForLoopback()});
  const ForwardingProxy proxy;
  ConnectionSettings settings;
  settings.tls.ca_file = WriteFile("ca.pem", authority.credential().certificate);
  settings.variables = LookupIn({{"HTTPS_PROXY", proxy.address()}});
  const auto client = Client::Open(server.origin(), {}, kClock, settings).value();
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(client->Send(kGet).trouble);
  EXPECT_EQ(proxy.tunnels(), 1u);
  EXPECT_EQ(server.requests().size(), 3u);
}

TEST(Connector, TellsWhatTheProxySaidWithoutQuotingIt) {
  const std::string proxy_at = "the proxy http://127.0.0.1:PROXY (HTTPS_PROXY)";
  const struct {
    std::string answer;
    std::string sign_in;
    std::string told;
  } rows[] = {
      {"HTTP/1.1 407 user:pa@ss\r\n\r\n", "",
       "proxy: {} asks for a sign-in (407) | put user:password@ before the proxy's host"},
      {"HTTP/1.1 401 Unauthorized\r\n\r\n", "",
       "proxy: {} asks for a sign-in (401) | put user:password@ before the proxy's host"},
      {"HTTP/1.1 407 user:pa@ss\r\nX: dXNlcjpwYUBzcw==\r\n\r\nuser:pa@ss", "user:pa@ss",
       "proxy: {} did not accept the sign-in (407) | check the user name and password of the "
       "proxy"},
      {"HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\n\r\n", "user:pa@ss",
       "proxy: {} asks for NTLM (407) | only Basic is spoken: name a proxy of this machine that "
       "signs in to it, or one that takes Basic"},
      {"HTTP/1.0 401 Unauthorized\r\n\r\n", "user:pa@ss",
       "proxy: {} did not accept the sign-in (401) | check the user name and password of the "
       "proxy"},
      {"HTTP/1.1 403 Forbidden\r\n\r\n", "",
       "proxy: {} does not allow connections to graph.invalid:443 (403) | ask who runs the proxy "
       "to allow it"},
      {"HTTP/1.1 502 Bad Gateway\r\n\r\n", "",
       "proxy: {} could not reach graph.invalid:443 (502) | check the host and port of the target, "
       "and the proxy's log"},
      {"HTTP/1.1 503 Service Unavailable\r\n\r\n", "",
       "proxy: {} could not reach graph.invalid:443 (503) | check the host and port of the target, "
       "and the proxy's log"},
      {"HTTP/1.1 504 Gateway Timeout\r\n\r\n", "",
       "proxy: {} could not reach graph.invalid:443 in time (504) | check the host and port of the "
       "target, and the proxy's log"},
      {"HTTP/1.1 302 Found\r\nLocation: http://elsewhere\r\n\r\n", "",
       "proxy: {} answered 302 to CONNECT | check that the address is that of a proxy, and its "
       "log"},
      {"SSH-2.0-proxy\r\n", "",
       "proxy: {} answered with what is not HTTP | check that the address is that of a proxy"},
      {"HTTP/1.1 200", "",
       "proxy: {} broke the connection off instead of answering | check the proxy's address and "
       "its log"},
  };
  for (const auto& row : rows) {
    const ForwardingProxy proxy({"", row.answer});
    ConnectionSettings settings;
    settings.variables = LookupIn({{"HTTPS_PROXY", proxy.address(row.sign_in)}});
    const std::string told = Send({"https", "graph.invalid", 443}, settings);
    EXPECT_EQ(Settled(told, proxy.port(), ":PROXY"), fmt::format(fmt::runtime(row.told), proxy_at))
        << row.answer;
  }
}

TEST(Connector, TellsAProxyThatIsNotThere) {
  ConnectionSettings settings;
  settings.variables = LookupIn({{"HTTPS_PROXY", "http://user:pa%40ss@127.0.0.1:1"}});
  EXPECT_EQ(Send({"https", "graph.invalid", 443}, settings),
            "connect: no connection to the proxy http://127.0.0.1:1 (HTTPS_PROXY): connection "
            "refused | check HTTPS_PROXY, and that the proxy is up");
  settings.variables = LookupIn({{"HTTPS_PROXY", "http://user:pa%40ss@proxy.invalid:1"}});
  const std::string told = Send({"https", "graph.invalid", 443}, settings);
  EXPECT_TRUE(told.starts_with(
      "lookup: the proxy http://proxy.invalid:1 (HTTPS_PROXY) is not found: the host "
      "name 'proxy.invalid' is not known ("))
      << told;
}

TEST(Connector, WaitsForAProxyNoLongerThanForAConnection) {
  const HostileServer proxy({{{Act::Kind::kSilence}}});
  ConnectionSettings settings;
  settings.variables =
      LookupIn({{"HTTPS_PROXY", fmt::format("http://127.0.0.1:{}", proxy.port())}});
  Bounds bounds;
  // Long enough for a busy machine to connect within.
  bounds.connect = std::chrono::milliseconds{2'000};
  const auto client =
      Client::Open({"https", "graph.invalid", 443}, bounds, kClock, settings).value();
  const Attempt attempt = client->Send(kGet);
  ASSERT_TRUE(attempt.trouble);
  EXPECT_EQ(NameOf(attempt.trouble->kind), "timeout");
  EXPECT_EQ(Settled(attempt.trouble->text, proxy.port(), ":PROXY"),
            "the proxy http://127.0.0.1:PROXY (HTTPS_PROXY) did not answer in time");
}

TEST(Connector, SaysWhatIsWrongWithTheSettings) {
  const Origin origin{"https", "graph.invalid", 443};
  ConnectionSettings settings;
  settings.tls.ca_file = testing::TempDir() + "no_such_ca.pem";
  EXPECT_EQ(Send(origin, settings),
            fmt::format("settings: the CA file {} cannot be read or holds no certificate: it is to "
                        "be PEM",
                        settings.tls.ca_file.string()));
  settings.tls.ca_file = WriteFile("empty.pem", "nothing in here\n");
  EXPECT_EQ(Send(origin, settings),
            fmt::format("settings: the CA file {} cannot be read or holds no certificate: it is to "
                        "be PEM",
                        settings.tls.ca_file.string()));
  settings = {};
  settings.proxy.address = "ftp://user:pa@ss@proxy";
  EXPECT_EQ(Send(origin, settings),
            "settings: the profile asks for a ftp proxy; proxies are reached by http:// alone: "
            "write http://host:port");
}

TEST(Connector, ReachesPlainHttpOnLoopbackWithoutAny) {
  const HostileServer server({AnswerAndClose("HTTP/1.1 204 No Content\r\n\r\n")});
  ConnectionSettings settings;
  settings.tls.ca_file = "no_such_file.pem";
  settings.variables = LookupIn({{"HTTPS_PROXY", "http://127.0.0.1:1"},
                                 {"http_proxy", "http://127.0.0.1:1"},
                                 {"ALL_PROXY", "http://127.0.0.1:1"}});
  EXPECT_EQ(Send(server.origin(), settings), "204");
}

}  // namespace
}  // namespace conform
