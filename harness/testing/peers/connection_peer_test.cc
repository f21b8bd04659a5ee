// Runs by a profile, through proxies that others wrote, to servers that others wrote before our
// mock: with a client certificate, and with a sign-in to the proxy.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "testing/peers/peer_server.h"
#include "testing/test_authority.h"

namespace conform {
namespace {

/// Where each part listens.
struct Ports {
  std::uint16_t server = FreePort();
  std::uint16_t proxy = FreePort();
};

class ConnectionPeer : public testing::Test {
 protected:
  ConnectionPeer()
      : mock_({{CONFORM_PROGRAM, "mock", "--port", "0"}, "", CONFORM_SOURCE, {}}),
        mock_address_(mock_.ReadLine()) {
    folder_.Write("other.pem", TestAuthority("Another authority").credential().certificate);
    for (const char* const secret : {"client.key", "stranger.key"}) {
      std::filesystem::permissions(folder_.PathOf(secret), std::filesystem::perms(0600));
    }
  }

  std::vector<std::string> Stunnel() const {
    return {"stunnel4",
            folder_.Write("stunnel.conf",
                          fmt::format("foreground = yes\npid =\nsyslog = no\n[tls]\n"
                                      "accept = 127.0.0.1:{}\nconnect = {}\ncert = {}\nkey = {}\n"
                                      "CAfile = {}\nverifyChain = yes\n",
                                      ports_.server, MockHost(), server_, server_key_, ca_))};
  }
  std::vector<std::string> Nginx() const {
    std::string temporary;
    for (const char* const kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      temporary += fmt::format("{}_temp_path {};\n", kind, folder_.PathOf(kind));
    }
    const std::string configuration = fmt::format(
        "daemon off;\nmaster_process off;\npid {0}/nginx.pid;\nerror_log stderr;\nevents {{}}\n"
        "http {{\naccess_log off;\n{1}server {{\nlisten 127.0.0.1:{2} ssl;\n"
        "ssl_certificate {3};\nssl_certificate_key {4};\nssl_client_certificate {5};\n"
        "ssl_verify_client on;\nlocation / {{ proxy_pass http://{6}; proxy_http_version 1.1; }}\n"
        "}}\n}}\n",
        folder_.PathOf(""), temporary, ports_.server, server_, server_key_, ca_, MockHost());
    return {"nginx",
            "-p",
            folder_.PathOf(""),
            "-e",
            "stderr",
            "-c",
            folder_.Write("nginx.conf", configuration)};
  }
  std::vector<std::string> Squid() const {
    return SquidCommand(folder_, ports_.proxy, fmt::format("run{}", ports_.proxy));
  }
  std::vector<std::string> Tinyproxy() const {
    return {"tinyproxy", "-d", "-c",
            folder_.Write("tinyproxy.conf",
                          fmt::format("Port {}\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\n"
                                      "LogLevel Error\nBasicAuth user pa_ssword\n",
                                      ports_.proxy))};
  }

  struct Chosen {
    std::string ca = "ca.pem";
    std::string certificate = "client";  ///< empty: none.
    std::string sign_in;
  };

  /// `exit 0`, or the exit code with the reason that stands in the output.
  std::string Run(const Chosen& chosen) const {
    std::string profile =
        fmt::format("name: lab\ntitle: A lab\ntarget: mock\nca_file: {}\n", chosen.ca);
    if (!chosen.certificate.empty()) {
      profile += fmt::format(
          "client_certificates: [{{host: 127.0.0.1, certificate_file: {0}.pem, key_file: "
          "{0}.key}}]\n",
          chosen.certificate);
    }
    profile += fmt::format(
        "proxy: {{address: 'http://127.0.0.1:{}', sign_in_variable: LAB_PROXY}}\n", ports_.proxy);
    const ProgramResult result =
        RunProgram({{CONFORM_PROGRAM, "run", "--profile", folder_.Write("lab.yaml", profile),
                     "--base-url", fmt::format("https://127.0.0.1:{}", ports_.server), "--as-of",
                     "2019-01", "--no-history", "--out", folder_.PathOf("reports"),
                     "cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/"
                     "documented_request.yaml"},
                    "",
                    CONFORM_SOURCE,
                    {"LAB_PROXY=" + chosen.sign_in, "NO_PROXY=", "no_proxy="}});
    EXPECT_EQ((result.output + result.errors).find(chosen.sign_in), std::string::npos);
    return fmt::format("exit {}\n{}{}", result.exit_code, result.output, result.errors);
  }

  /// Each thing that may be wrong, alone.
  void ExpectEachRow(const std::string& sign_in, const std::string& without_certificate) const {
    EXPECT_TRUE(Run({"ca.pem", "client", sign_in}).starts_with("exit 0\n"))
        << Run({"ca.pem", "client", sign_in});
    const struct {
      Chosen chosen;
      std::string why;
    } rows[] = {
        {{"ca.pem", "client", "user:wrong-word"}, "did not accept the sign-in"},
        {{"other.pem", "client", sign_in}, "of the server's certificate is not in the CA file"},
        {{"ca.pem", "", sign_in}, without_certificate},
        {{"ca.pem", "stranger", sign_in}, without_certificate}};
    for (const auto& row : rows) {
      const std::string told = Run(row.chosen);
      EXPECT_FALSE(told.starts_with("exit 0\n")) << told;
      EXPECT_NE(told.find(row.why), std::string::npos) << told;
    }
  }

  std::string MockHost() const { return mock_address_.substr(std::string("http://").size()); }

  const ServerFolder folder_{"connection_peer"};
  const TestAuthority authority_{"An authority"};
  const TestAuthority strangers_{"Strangers"};
  const Credential credential_ = authority_.IssueForLoopback();
  const Credential client_ = authority_.IssueForClient("alice");
  const Credential stranger_ = strangers_.IssueForClient("mallory");
  const std::string ca_ = folder_.Write("ca.pem", authority_.credential().certificate);
  const std::string server_ = folder_.Write("server.pem", credential_.certificate);
  const std::string server_key_ = folder_.Write("server.key", credential_.key);
  const std::string shown_ = folder_.Write("client.pem", client_.certificate);
  const std::string shown_key_ = folder_.Write("client.key", client_.key);
  const std::string strange_ = folder_.Write("stranger.pem", stranger_.certificate);
  const std::string strange_key_ = folder_.Write("stranger.key", stranger_.key);
  const Ports ports_;
  StartedProgram mock_;
  const std::string mock_address_;
};

TEST_F(ConnectionPeer, StunnelIsReachedThroughSquid) {
  if (!RequirePeer("stunnel4") || !RequirePeer("squid")) return;
  const PeerServer server(Stunnel(), ports_.server);
  const PeerServer proxy(Squid(), ports_.proxy);
  ExpectEachRow("user:pa:ss@word", "client certificate");
}

TEST_F(ConnectionPeer, StunnelIsReachedThroughTinyproxy) {
  if (!RequirePeer("stunnel4") || !RequirePeer("tinyproxy")) return;
  const PeerServer server(Stunnel(), ports_.server);
  const PeerServer proxy(Tinyproxy(), ports_.proxy);
  ExpectEachRow("user:pa_ssword", "client certificate");
}

TEST_F(ConnectionPeer, NginxIsReachedThroughSquid) {
  if (!RequirePeer("nginx") || !RequirePeer("squid")) return;
  const PeerServer server(Nginx(), ports_.server);
  const PeerServer proxy(Squid(), ports_.proxy);
  // It refuses in HTTP, not in TLS.
  ExpectEachRow("user:pa:ss@word", "400");
}

}  // namespace
}  // namespace conform
