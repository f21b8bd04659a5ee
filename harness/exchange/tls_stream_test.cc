// Secure connections against a server of OpenSSL's, with certificates made here.
#include "exchange/tls_stream.h"

#include "base/date.h"
#include "testing/secure_client.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

using End = TlsServerOptions::End;
using std::chrono::hours;

TEST(TlsStream, CarriesRequestsAndSaysWhatItIs) {
  const TestAuthority authority("An authority");
  const Credential credential = authority.IssueForLoopback();
  const TlsServer server({credential});
  const ConnectionSettings settings = Trusting(authority);
  const auto client = Client::Open(server.origin(), {}, kClock, settings).value();
  const Attempt first = client->Send(kGet);
  const Attempt second = client->Send(kGet);
  ASSERT_EQ(Told(first), "204");
  ASSERT_EQ(Told(second), "204");
  EXPECT_FALSE(first.reused_connection);
  EXPECT_TRUE(second.reused_connection);
  ASSERT_TRUE(first.times.connect && first.times.tls && first.times.first_byte);
  EXPECT_LE(*first.times.connect, *first.times.tls);
  EXPECT_LE(*first.times.tls, *first.times.first_byte);
  EXPECT_FALSE(second.times.tls);
  for (const Attempt* attempt : {&first, &second}) {
    ASSERT_TRUE(attempt->tls);
    EXPECT_EQ(attempt->tls->version, "TLSv1.3");
    EXPECT_EQ(attempt->tls->cipher, "TLS_AES_256_GCM_SHA384");
    EXPECT_EQ(attempt->tls->issuer, "CN=An authority");
    EXPECT_EQ(attempt->tls->subject, "CN=loopback");
    EXPECT_EQ(attempt->tls->not_after, FormatDate(std::chrono::floor<std::chrono::days>(
                                           std::chrono::system_clock::now() + hours{1})));
    EXPECT_EQ(attempt->tls->certificate_sha256.size(), 64u);
  }
  EXPECT_EQ(server.requests().size(), 2u);
  // No address is asked for by SNI.
  EXPECT_EQ(server.handshakes(), std::vector<std::string>{"none - http/1.1"});
}

TEST(TlsStream, AsksForTheHostByName) {
  const TestAuthority authority;
  const TlsServer server({authority.IssueForLoopback()});
  EXPECT_EQ(Told(SendTo(server.origin("localhost"), Trusting(authority))), "204");
  EXPECT_EQ(server.handshakes(), std::vector<std::string>{"none localhost http/1.1"});
}

TEST(TlsStream, TrustsWhatTheCaFileHoldsAlsoWhereItIsNoRoot) {
  const TestAuthority root;
  CertificateRequest request = TestAuthority::RequestFor("Below the root", {});
  request.authority = true;
  const Credential below = root.Issue(request);
  const Credential leaf =
      IssueCertificate(TestAuthority::RequestFor("leaf", {"127.0.0.1"}), &below).value();
  const TlsServer server({leaf});
  ConnectionSettings settings;
  for (const Credential* trusted : {&below, &leaf}) {
    settings.tls.ca_file = WriteFile("trusted.pem", trusted->certificate);
    EXPECT_EQ(Told(SendTo(server.origin(), settings)), "204");
  }
  // The server does not show what stands between.
  EXPECT_NE(Told(SendTo(server.origin(), Trusting(root))).find("authority CN=Below the root"),
            std::string::npos);
}

TEST(TlsStream, SpeaksTls12) {
  const TestAuthority authority;
  TlsServerOptions options{authority.IssueForLoopback()};
  options.only_1_2 = true;
  const TlsServer server(options);
  const Attempt attempt = SendTo(server.origin(), Trusting(authority));
  EXPECT_EQ(Told(attempt), "204");
  ASSERT_TRUE(attempt.tls);
  EXPECT_EQ(attempt.tls->version, "TLSv1.2");
}

TEST(TlsStream, CarriesMoreThanARecordBothWays) {
  const TestAuthority authority;
  TlsServerOptions options{authority.IssueForLoopback()};
  const std::string body(1'000'000, 'b');
  options.answer =
      fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
  const TlsServer server(options);
  Request put = {"PUT", "/", {{"Host", "a"}, {"Content-Length", "2000000"}}, "", false, {}};
  put.body = std::string(2'000'000, 'p');
  const auto client = Client::Open(server.origin(), {}, kClock, Trusting(authority)).value();
  const Attempt attempt = client->Send(put);
  ASSERT_EQ(Told(attempt), "200");
  EXPECT_EQ(attempt.response->body, body);
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_EQ(server.requests()[0].request.body, put.body);
}

/// How TLS ends matters only where the answer ends by it.
TEST(TlsStream, TellsATruncationFromAnEnd) {
  const std::string by_length = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  const std::string by_closing = "HTTP/1.1 200 OK\r\n\r\nok";
  const std::string cut =
      "closed: The connection was closed before the answer was whole. | check the service's log, "
      "and proxies on the way";
  const struct {
    std::string answer;
    End end;
    std::string told;
    std::vector<std::string> observations;
  } rows[] = {
      {by_length, End::kNotify, "200", {}},
      {by_length, End::kCutOff, "200", {}},
      {by_closing, End::kNotify, "200", {"ends_by_close: after 2 bytes of content"}},
      {by_closing,
       End::kCutOff,
       cut,
       {"early_close: after 2 bytes of content that ends by closing, without close_notify"}},
      {by_length.substr(0, by_length.size() - 1),
       End::kNotify,
       cut,
       {"early_close: after 1 of 2 bytes of content"}},
      {by_length.substr(0, by_length.size() - 1),
       End::kCutOff,
       cut,
       {"early_close: after 1 of 2 bytes of content"}},
  };
  const TestAuthority authority;
  for (const auto& row : rows) {
    TlsServerOptions options{authority.IssueForLoopback()};
    options.answer = row.answer;
    options.end = row.end;
    const TlsServer server(options);
    const Attempt attempt = SendTo(server.origin(), Trusting(authority));
    EXPECT_EQ(Told(attempt), row.told) << row.answer;
    std::vector<std::string> seen;
    for (const Observation& one : attempt.observations) {
      seen.push_back(fmt::format("{}: {}", one.name, one.detail));
    }
    EXPECT_EQ(seen, row.observations) << row.answer;
  }
}

}  // namespace
}  // namespace conform
