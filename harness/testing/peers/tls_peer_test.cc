// Our secure connections and client certificates held against nginx and stunnel.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "exchange/client.h"
#include "testing/hostile_server.h"
#include "testing/peers/peer_server.h"
#include "testing/sample_request.h"
#include "testing/test_authority.h"

namespace conform {
namespace {

/// What the client got: `204`, or `tls: why`, the port settled.
std::string Ask(std::uint16_t port, const ConnectionSettings& settings) {
  const auto client = Client::Open({"https", "127.0.0.1", port}, {}, kClock, settings);
  if (!client) return "settings: " + client.error().message;
  const Attempt attempt = (*client)->Send(
      {"GET", "/", {{"Host", "127.0.0.1"}, {"Connection", "close"}}, "", false, {}});
  if (!attempt.trouble) {
    return fmt::format("{} {}", attempt.response->status, attempt.tls->version);
  }
  std::string told = fmt::format("{}: {}", NameOf(attempt.trouble->kind), attempt.trouble->text);
  const std::string number = fmt::format(":{}", port);
  if (const auto at = told.find(number); at != std::string::npos) {
    told.replace(at, number.size(), ":PORT");
  }
  return told;
}

class TlsPeer : public testing::Test {
 protected:
  explicit TlsPeer(const std::string& name) : folder_(name) {}

  ConnectionSettings Trusting(const TestAuthority& authority, const std::string& as = "",
                              const TestAuthority* of = nullptr) const {
    ConnectionSettings settings;
    settings.tls.ca_file = folder_.Write("trusted.pem", authority.credential().certificate);
    if (of == nullptr) return settings;
    const Credential shown = of->IssueForClient(as);
    settings.tls.client_certificates.push_back(
        {"127.0.0.1", folder_.Write("client.pem", shown.certificate + shown.key), "", ""});
    return settings;
  }

  const ServerFolder folder_;
  const TestAuthority authority_{"An authority"};
  const TestAuthority other_{"Another authority"};
  const Credential credential_ = authority_.IssueForLoopback();
  const std::string ca_ = folder_.Write("ca.pem", authority_.credential().certificate);
  const std::string certificate_ = folder_.Write("server.pem", credential_.certificate);
  const std::string key_ = folder_.Write("server.key", credential_.key);
  const std::uint16_t port_ = FreePort();
  const std::string unknown_ = fmt::format(
      "tls: no secure connection to https://127.0.0.1:PORT: the authority CN=An "
      "authority of the server's certificate is not in the CA file {}",
      folder_.PathOf("trusted.pem"));
};

class Nginx : public TlsPeer {
 protected:
  Nginx() : TlsPeer("nginx") {}

  std::string Configuration(const std::string& more) const {
    std::string temporary;
    for (const char* const kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      temporary += fmt::format("{}_temp_path {};\n", kind, folder_.PathOf(kind));
    }
    return fmt::format(
        "daemon off;\nmaster_process off;\npid {0}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
        "http {{\naccess_log off;\n{1}server {{\nlisten 127.0.0.1:{2} ssl;\n"
        "ssl_certificate {3};\nssl_certificate_key {4};\n{5}location / {{ return 204; }}\n}}\n}}\n",
        folder_.PathOf(""), temporary, port_, certificate_, key_, more);
  }
  std::vector<std::string> Command(const std::string& more) const {
    return {"nginx",
            "-p",
            folder_.PathOf(""),
            "-e",
            "stderr",
            "-c",
            folder_.Write("nginx.conf", Configuration(more))};
  }
};

TEST_F(Nginx, AnswersOverBothVersionsOfTls) {
  if (!RequirePeer("nginx")) return;
  {
    const PeerServer server(Command("ssl_protocols TLSv1.3;\n"), port_);
    EXPECT_EQ(Ask(port_, Trusting(authority_)), "204 TLSv1.3");
    EXPECT_EQ(Ask(port_, Trusting(other_)), unknown_);
  }
  const PeerServer server(Command("ssl_protocols TLSv1.2;\n"), port_);
  EXPECT_EQ(Ask(port_, Trusting(authority_)), "204 TLSv1.2");
}

TEST_F(Nginx, AsksForAClientCertificate) {
  if (!RequirePeer("nginx")) return;
  const PeerServer server(
      Command(fmt::format("ssl_client_certificate {};\nssl_verify_client on;\n", ca_)), port_);
  EXPECT_EQ(Ask(port_, Trusting(authority_, "alice", &authority_)), "204 TLSv1.2");
  // nginx refuses in HTTP, not in TLS.
  EXPECT_EQ(Ask(port_, Trusting(authority_)), "400 TLSv1.2");
  EXPECT_EQ(Ask(port_, Trusting(authority_, "mallory", &other_)), "400 TLSv1.2");
}

class Stunnel : public TlsPeer {
 protected:
  Stunnel() : TlsPeer("stunnel") {}

  std::vector<std::string> Command(const std::string& more) const {
    return {"stunnel4",
            folder_.Write("stunnel.conf",
                          fmt::format("foreground = yes\npid =\nsyslog = no\n[tls]\n"
                                      "accept = 127.0.0.1:{}\nconnect = 127.0.0.1:{}\n"
                                      "cert = {}\nkey = {}\n{}",
                                      port_, behind_.port(), certificate_, key_, more))};
  }

  const HostileServer behind_{{AnswerAndClose("HTTP/1.1 204 No Content\r\n\r\n")}};
};

TEST_F(Stunnel, CarriesAnAnswer) {
  if (!RequirePeer("stunnel4")) return;
  const PeerServer server(Command(""), port_);
  EXPECT_EQ(Ask(port_, Trusting(authority_)), "204 TLSv1.3");
  EXPECT_EQ(Ask(port_, Trusting(other_)), unknown_);
}

TEST_F(Stunnel, DemandsAClientCertificateByAlert) {
  if (!RequirePeer("stunnel4")) return;
  const PeerServer server(Command(fmt::format("CAfile = {}\nverifyChain = yes\n", ca_)), port_);
  EXPECT_EQ(Ask(port_, Trusting(authority_, "alice", &authority_)), "204 TLSv1.3");
  EXPECT_EQ(Ask(port_, Trusting(authority_)),
            "tls: no secure connection to https://127.0.0.1:PORT: the server demands a client "
            "certificate");
  EXPECT_EQ(Ask(port_, Trusting(authority_, "mallory", &other_)),
            "tls: no secure connection to https://127.0.0.1:PORT: the server does not trust the "
            "authority of the client certificate");
}

}  // namespace
}  // namespace conform
