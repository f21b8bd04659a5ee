// Everything that can be wrong with a secure connection, each with its cause and what to check.
#include "exchange/tls_trouble.h"

#include "base/date.h"
#include "testing/hostile_server.h"
#include "testing/secure_client.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

using std::chrono::hours;

CertificateRequest Loopback() {
  return TestAuthority::RequestFor("loopback", {"localhost", "127.0.0.1", "::1"});
}

std::string Day(hours from_now) {
  return FormatDate(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() + from_now));
}

struct RefusedCertificate {
  std::string name;
  CertificateRequest request;
  std::string host;
  std::string told;
};

const RefusedCertificate kRefused[] = {
    {"expired",
     [] {
       CertificateRequest request = Loopback();
       request.not_before -= hours{480};
       request.not_after -= hours{240};
       return request;
     }(),
     "127.0.0.1",
     fmt::format("the certificate of CN=loopback expired on {} | renew it on the server, and "
                 "check this machine's clock",
                 Day(hours{1 - 240}))},
    {"not yet valid",
     [] {
       CertificateRequest request = Loopback();
       request.not_before += hours{240};
       request.not_after += hours{480};
       return request;
     }(),
     "127.0.0.1",
     fmt::format("the certificate of CN=loopback is valid only from {} | check this machine's "
                 "clock and the server's certificate",
                 Day(hours{240 - 1}))},
    {"another host", TestAuthority::RequestFor("localhost", {"graph.example", "::1"}), "localhost",
     "the server's certificate is for graph.example, ::1, not for localhost | check the host of "
     "the target, and what the server's certificate is for"},
    {"the host in its subject alone", TestAuthority::RequestFor("localhost", {}), "localhost",
     "the server's certificate is for nobody, not for localhost | check the host of the target, "
     "and what the server's certificate is for"},
    {"the host in its subject, beside an address", TestAuthority::RequestFor("localhost", {"::1"}),
     "localhost",
     "the server's certificate is for ::1, not for localhost | check the host of the target, and "
     "what the server's certificate is for"},
    {"another address", TestAuthority::RequestFor("127.0.0.1", {"localhost"}), "127.0.0.1",
     "the server's certificate is for localhost, not for 127.0.0.1 | check the host of the "
     "target, and what the server's certificate is for"},
    {"a part of the name as wildcard", TestAuthority::RequestFor("a", {"l*.example", "*host"}),
     "localhost",
     "the server's certificate is for l*.example, *host, not for localhost | check the host of "
     "the target, and what the server's certificate is for"},
    {"a weak key",
     [] {
       CertificateRequest request = Loopback();
       request.key = KeyKind::kRsa1024;
       return request;
     }(),
     "127.0.0.1",
     "the key of the server's certificate (CN=loopback) is too weak | let the server have a "
     "certificate of today's strength"},
    {"a weak signature",
     [] {
       CertificateRequest request = Loopback();
       request.weakly_signed = true;
       return request;
     }(),
     "127.0.0.1",
     "the signature on the certificate of CN=loopback is too weak | let the server have a "
     "certificate of today's strength"},
};

TEST(TlsTrouble, RefusesACertificateAndSaysWhy) {
  const TestAuthority authority("An authority");
  const ConnectionSettings settings = Trusting(authority);
  for (const RefusedCertificate& row : kRefused) {
    const TlsServer server({authority.Issue(row.request)});
    const Attempt attempt = SendTo(server.origin(row.host), settings);
    EXPECT_EQ(Told(attempt, server.port()),
              fmt::format("tls: no secure connection to https://{}:PORT: {}", row.host, row.told))
        << row.name;
    EXPECT_FALSE(attempt.tls) << row.name;
    EXPECT_EQ(server.requests().size(), 0u) << row.name;
  }
}

TEST(TlsTrouble, RefusesAnAuthorityThatNobodyNamed) {
  const TestAuthority authority("An authority");
  const TestAuthority other("Another authority");
  const TlsServer server({other.IssueForLoopback()});
  const ConnectionSettings settings = Trusting(authority);
  const std::string ca_file = settings.tls.ca_file.string();
  EXPECT_EQ(Told(SendTo(server.origin(), settings), server.port()),
            fmt::format("tls: no secure connection to https://127.0.0.1:PORT: the authority "
                        "CN=Another authority of the server's certificate is not in the CA file {} "
                        "| check the address; if this server is meant, name its authority's "
                        "certificate as the CA file",
                        ca_file));
  // The system's store does not hold it either, and a named file stands in place of that.
  EXPECT_NE(Told(SendTo(server.origin(), {})).find("is not in this machine's store"),
            std::string::npos);
  const TlsServer own({IssueCertificate(Loopback(), nullptr).value()});
  EXPECT_EQ(Told(SendTo(own.origin(), settings), own.port()),
            fmt::format("tls: no secure connection to https://127.0.0.1:PORT: the server's "
                        "certificate (CN=loopback) is signed by itself, and the CA file {} does "
                        "not hold it | check the address; if this server is meant, name its "
                        "authority's certificate as the CA file",
                        ca_file));
}

TEST(TlsTrouble, RefusesAWeakAuthority) {
  const TestAuthority weak("A weak authority", KeyKind::kRsa1024);
  const TlsServer server({weak.IssueForLoopback()});
  EXPECT_EQ(Told(SendTo(server.origin(), Trusting(weak)), server.port()),
            "tls: no secure connection to https://127.0.0.1:PORT: the key of the authority CN=A "
            "weak authority is too weak | let the server have a certificate of today's strength");
}

TEST(TlsTrouble, SpeaksNoOldTls) {
  const TestAuthority authority;
  TlsServerOptions options{authority.IssueForLoopback()};
  options.old = true;
  const TlsServer server(options);
  EXPECT_EQ(Told(SendTo(server.origin(), Trusting(authority)), server.port()),
            "tls: no secure connection to https://127.0.0.1:PORT: the server speaks no version of "
            "TLS that is spoken here | let the server speak TLS 1.2 or 1.3: nothing older is "
            "spoken here");
}

TEST(TlsTrouble, SaysThatTheServerDoesNotSpeakTls) {
  const TestAuthority authority;
  const ConnectionSettings settings = Trusting(authority);
  const Act hello{Act::Kind::kReadBytes};
  const struct {
    Script script;
    std::string told;
  } rows[] = {
      {{hello, {Act::Kind::kWrite, "HTTP/1.1 400 Bad Request\r\n\r\n"}, {Act::Kind::kSilence}},
       "tls: no secure connection to https://127.0.0.1:PORT: what answers there does not speak TLS "
       "| check the port, and whether a proxy or plain http answers there"},
      {{hello, {Act::Kind::kHalfClose}, {Act::Kind::kSilence}},
       "tls: no secure connection to https://127.0.0.1:PORT: the server broke off during the TLS "
       "handshake | check the server's log, and proxies on the way"},
      {{hello, {Act::Kind::kReset}},
       "tls: no secure connection to https://127.0.0.1:PORT: the server broke off during the TLS "
       "handshake | check the server's log, and proxies on the way"},
  };
  for (const auto& row : rows) {
    const HostileServer server({row.script});
    const Origin origin{"https", "127.0.0.1", server.port()};
    EXPECT_EQ(Told(SendTo(origin, settings), server.port()), row.told);
  }
}

TEST(TlsTrouble, WaitsForAHandshakeNoLongerThanForAConnection) {
  const TestAuthority authority;
  const HostileServer server({{{Act::Kind::kSilence}}});
  Bounds bounds;
  // Long enough for a busy machine to connect within.
  bounds.connect = std::chrono::milliseconds{2'000};
  const auto client =
      Client::Open({"https", "127.0.0.1", server.port()}, bounds, kClock, Trusting(authority))
          .value();
  EXPECT_EQ(
      Told(client->Send(kGet), server.port()),
      "timeout: no secure connection to https://127.0.0.1:PORT in time: the TLS handshake "
      "hangs | check that the service speaks TLS there, or raise the profile's bound 'connect'");
}

TEST(TlsTrouble, SignsInWithAClientCertificate) {
  const TestAuthority authority("An authority");
  const TestAuthority other("Another authority");
  const Credential good = authority.IssueForClient("alice");
  const Credential bad = other.IssueForClient("mallory");
  const std::string demanded =
      "tls: no secure connection to https://127.0.0.1:PORT: the server demands a client "
      "certificate | name a client certificate for this host in the profile, or check the one that "
      "is named";
  const std::string distrusted =
      "tls: no secure connection to https://127.0.0.1:PORT: the server does not trust the "
      "authority of the client certificate | name a client certificate for this host in the "
      "profile, or check the one that is named";
  const struct {
    const Credential* credential;
    std::string host;
    std::string told;
  } rows[] = {
      {&good, "127.0.0.1", "204"},
      {&good, "localhost", demanded},  // it is for another host
      {nullptr, "", demanded},
      {&bad, "127.0.0.1", distrusted},
  };
  for (const bool only_1_2 : {false, true}) {
    TlsServerOptions options{authority.IssueForLoopback(), authority.credential().certificate};
    options.only_1_2 = only_1_2;
    const TlsServer server(options);
    for (const auto& row : rows) {
      ConnectionSettings settings = Trusting(authority);
      if (row.credential != nullptr) {
        settings.tls.client_certificates.push_back(
            {row.host, WriteFile("client.pem", row.credential->certificate + row.credential->key),
             "", ""});
      }
      EXPECT_EQ(Told(SendTo(server.origin(), settings), server.port()), row.told)
          << row.host << only_1_2;
    }
    EXPECT_EQ(server.handshakes(), std::vector<std::string>{"CN=alice - http/1.1"}) << only_1_2;
  }
}

}  // namespace
}  // namespace conform
