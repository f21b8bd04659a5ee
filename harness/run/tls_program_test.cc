// Secure targets and proxies as the built program meets them.
#include <fmt/format.h>

#include <csignal>

#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/forwarding_proxy.h"
#include "testing/test_authority.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ProgramResult RunAt(const SampleProject& project, const std::string& address,
                    const Variables& variables) {
  return project.Conform({"run", "--base-url", address}, variables);
}

/// Never a pass, never a fail: every test is inconclusive for the same reason.
void ExpectCouldNotTell(const ProgramResult& result, const std::string& why) {
  const std::string last = LastLine(result.output);
  EXPECT_TRUE(last.starts_with("exit code 3: could not tell (2 of 2 tests inconclusive: ")) << last;
  EXPECT_TRUE(
      last.ends_with("; no clause of a contract was judged); 0 of 11 contract clauses judged"))
      << last;
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_TRUE(Contains(result.output, why)) << result.output;
}

TEST(RunOverTls, ConformsWhereTheAuthorityIsTrusted) {
  const SampleProject project;
  const TlsMock mock(project.Call({}));
  ASSERT_TRUE(mock.address().starts_with("https://127.0.0.1:")) << mock.address();
  const ProgramResult result = RunAt(project, mock.address(), mock.trusting());
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_EQ(LastLine(result.output), "exit code 0: conforms; 2 of 11 contract clauses judged");
}

TEST(RunOverTls, CouldNotTellWhereTheAuthorityIsNotTrusted) {
  const SampleProject project;
  const TlsMock mock(project.Call({}));
  ExpectCouldNotTell(
      RunAt(project, mock.address(), SettledVariables({})),
      fmt::format("no secure connection to {}: the authority CN=conform mock\\, an authority for "
                  "one start of it of the server's certificate is not in this machine's store; "
                  "check the address; if this server is meant, name its authority's certificate as "
                  "the CA file",
                  mock.address()));
}

TEST(RunOverTls, SeesWireFaultsAsOnPlainHttp) {
  const SampleProject project;
  for (const char* const fault : {"success_200", "wire_bare_cr"}) {
    const TlsMock mock(project.Call({}), {"--fault", fault});
    const ProgramResult secure = RunAt(project, mock.address(), mock.trusting());
    const SampleMock plain_mock(project, {fault});
    const ProgramResult plain = RunAt(project, plain_mock.address(), SettledVariables({}));
    EXPECT_EQ(LastLine(secure.output), LastLine(plain.output)) << fault;
    EXPECT_EQ(secure.exit_code, plain.exit_code) << fault;
  }
}

TEST(RunOverTls, CouldNotTellWhereTheServersCertificateIsBad) {
  const SampleProject project;
  const TestAuthority authority("An authority");
  project.Write("ca.pem", authority.credential().certificate);
  const Variables trusting =
      SettledVariables({fmt::format("SSL_CERT_FILE={}", (project.folder() / "ca.pem").string())});
  CertificateRequest expired = TestAuthority::RequestFor("old", {"127.0.0.1"});
  expired.not_before -= std::chrono::hours{48};
  expired.not_after -= std::chrono::hours{24};
  CertificateRequest weak = TestAuthority::RequestFor("weak", {"127.0.0.1"});
  weak.key = KeyKind::kRsa1024;
  const struct {
    Credential credential;
    std::string why;
  } rows[] = {
      {authority.Issue(expired), "the certificate of CN=old expired on "},
      {IssueCertificate(TestAuthority::RequestFor("own", {"127.0.0.1"}), nullptr).value(),
       "the server's certificate (CN=own) is signed by itself"},
      {authority.Issue(TestAuthority::RequestFor("other", {"graph.example"})),
       "the server's certificate is for graph.example, not for 127.0.0.1"},
      {authority.Issue(weak), "the key of the server's certificate (CN=weak) is too weak"},
  };
  for (const auto& row : rows) {
    const TlsServer server({row.credential});
    ExpectCouldNotTell(RunAt(project, FormatOrigin(server.origin()), trusting), row.why);
    EXPECT_EQ(server.requests().size(), 0u) << row.why;
  }
}

TEST(RunOverTls, IsAsCarefulWhateverTheMachinesOpensslSays) {
  const SampleProject project;
  project.Write("openssl.cnf",
                "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = lax\n"
                "[lax]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\nVerifyMode =\n");
  const TestAuthority authority;
  project.Write("ca.pem", authority.credential().certificate);
  CertificateRequest weak = TestAuthority::RequestFor("weak", {"127.0.0.1"});
  weak.key = KeyKind::kRsa1024;
  TlsServerOptions old{authority.IssueForLoopback()};
  old.old = true;
  const Variables variables = SettledVariables(
      {fmt::format("SSL_CERT_FILE={}", (project.folder() / "ca.pem").string()),
       fmt::format("OPENSSL_CONF={}", (project.folder() / "openssl.cnf").string())});
  const TlsServer weak_server({authority.Issue(weak)});
  ExpectCouldNotTell(RunAt(project, FormatOrigin(weak_server.origin()), variables),
                     "the key of the server's certificate (CN=weak) is too weak");
  const TlsServer old_server(old);
  ExpectCouldNotTell(RunAt(project, FormatOrigin(old_server.origin()), variables),
                     "the server speaks no version of TLS that is spoken here");
}

TEST(RunOverTls, CouldNotTellWhereAClientCertificateIsDemanded) {
  const SampleProject project;
  const TestAuthority authority;
  project.Write("clients.pem", authority.credential().certificate);
  const TlsMock mock(project.Call({}), {"--client-ca", "clients.pem"});
  ExpectCouldNotTell(RunAt(project, mock.address(), mock.trusting()),
                     "the server demands a client certificate; name a client certificate for this "
                     "host in the profile, or check the one that is named");
}

TEST(RunOverTls, CouldNotTellWhereNobodyListens) {
  const SampleProject project;
  ExpectCouldNotTell(RunAt(project, "https://127.0.0.1:1", SettledVariables({})),
                     "no connection to https://127.0.0.1:1: connection refused; check that the "
                     "service is up, and the host and port of the target");
}

TEST(RunOverTls, GoesThroughAProxyAndKeepsItsSignInToItself) {
  const SampleProject project;
  const TlsMock mock(project.Call({}));
  const ForwardingProxy proxy({"squirrel:acorn-4711"});
  const auto through = [&](const std::string& sign_in) {
    return RunAt(project, mock.address(), mock.trusting({"HTTPS_PROXY=" + proxy.address(sign_in)}));
  };
  const ProgramResult good = through("squirrel:acorn-4711");
  EXPECT_EQ(good.exit_code, 0) << good.output << good.errors;
  EXPECT_GT(proxy.tunnels(), 0u);
  const ProgramResult bad = through("squirrel:acorn-4712");
  const std::string proxy_at = fmt::format("the proxy {} (HTTPS_PROXY)", proxy.address());
  ExpectCouldNotTell(bad, proxy_at +
                              " did not accept the sign-in (407); check the user name and "
                              "password of the proxy");
  ExpectCouldNotTell(through(""), proxy_at + " asks for a sign-in (407)");
  const std::string written = good.output + good.errors + bad.output + bad.errors +
                              project.Read("reports/run.json") + project.Read("reports/junit.xml");
  for (const char* const secret : {"acorn-471", "c3F1aXJyZWw6YWNvcm4tNDcx"}) {
    EXPECT_FALSE(Contains(written, secret)) << secret;
  }
}

TEST(RunOverTls, LeavesAProxyAsideWhereNoProxySaysSo) {
  const SampleProject project;
  const TlsMock mock(project.Call({}));
  const Variables variables =
      mock.trusting({"HTTPS_PROXY=http://127.0.0.1:1", "NO_PROXY=127.0.0.0/8"});
  EXPECT_EQ(RunAt(project, mock.address(), variables).exit_code, 0);
}

TEST(RunOverTls, RefusesAProxyOfAKindThatItCannotUse) {
  const SampleProject project;
  const ProgramResult result =
      RunAt(project, "https://127.0.0.1:1",
            SettledVariables({"HTTPS_PROXY=socks5://squirrel:acorn-4711@127.0.0.1:1"}));
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.errors,
            "conform: HTTPS_PROXY asks for a socks5 proxy; proxies are reached by http:// alone: "
            "write http://host:port\n");
}

TEST(MockOverTls, RemovesTheFileOfItsAuthorityAtTheEnd) {
  const SampleProject project;
  TlsMock mock(project.Call({}));
  ASSERT_TRUE(std::filesystem::exists(mock.ca_file())) << mock.ca_file();
  mock.program().Signal(SIGTERM);
  const ProgramResult result = mock.program().Wait();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(
      Contains(result.output, fmt::format("curl -i -X 'POST' --cacert '{}'", mock.ca_file())))
      << result.output;
  EXPECT_FALSE(std::filesystem::exists(mock.ca_file()));
}

TEST(MockOverTls, ShowsACertificateOfTheCallers) {
  const SampleProject project;
  const TestAuthority authority;
  const Credential own = authority.IssueForLoopback();
  project.Write("cert.pem", own.certificate);
  project.Write("key.pem", own.key);
  project.Write("ca.pem", authority.credential().certificate);
  const TlsMock mock(project.Call({}), {"--tls-cert", "cert.pem", "--tls-key", "key.pem"});
  EXPECT_EQ(mock.ca_file(), "");
  const ProgramResult result = RunAt(
      project, mock.address(),
      SettledVariables({fmt::format("SSL_CERT_FILE={}", (project.folder() / "ca.pem").string())}));
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
}

TEST(MockOverTls, RefusesFlagsThatDoNotGoTogether) {
  const SampleProject project;
  project.Write("no.pem", "nothing in here\n");
  const struct {
    std::vector<std::string> flags;
    std::string told;
  } rows[] = {
      {{"--tls-cert", "no.pem", "--tls-key", "no.pem"},
       "--tls-cert, --tls-key and --client-ca go with --tls"},
      {{"--client-ca", "no.pem"}, "--tls-cert, --tls-key and --client-ca go with --tls"},
      {{"--tls", "--tls-cert", "no.pem"}, "--tls-cert and --tls-key go together"},
      {{"--tls", "--tls-key", "no.pem"}, "--tls-cert and --tls-key go together"},
      {{"--tls", "--tls-cert", "absent.pem", "--tls-key", "no.pem"},
       "--tls-cert absent.pem: no such file"},
      {{"--tls", "--tls-cert", "no.pem", "--tls-key", "no.pem"},
       "the mock's certificate is not PEM"},
      {{"--tls", "--client-ca", "no.pem"}, "the authority of client certificates is not PEM"},
  };
  for (const auto& row : rows) {
    std::vector<std::string> arguments = {"mock"};
    arguments.insert(arguments.end(), row.flags.begin(), row.flags.end());
    const ProgramResult result = project.Conform(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.output, "");
    EXPECT_EQ(result.errors, fmt::format("conform: {}\n", row.told));
  }
}

}  // namespace
}  // namespace conform
