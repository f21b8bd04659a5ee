// Authority, proxy, client certificate and NO_PROXY against each other, as a profile names them.
#include <fmt/format.h>

#include <memory>
#include <tuple>

#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/forwarding_proxy.h"
#include "testing/test_authority.h"

namespace conform {
namespace {

enum class TrustedCa { kRight, kUnknown };
enum class UsedProxy { kNone, kSignedIn, kWrongSignIn, kNoSignIn };
enum class ShownCertificate { kNone, kGiven, kDemandedAndGiven, kDemandedAndMissing };

using MatrixRow = std::tuple<TrustedCa, UsedProxy, ShownCertificate, bool>;

class ConnectionMatrix : public testing::TestWithParam<MatrixRow> {
 protected:
  TrustedCa ca() const { return std::get<0>(GetParam()); }
  UsedProxy proxy() const { return std::get<1>(GetParam()); }
  ShownCertificate certificate() const { return std::get<2>(GetParam()); }
  bool passes_by() const { return std::get<3>(GetParam()); }

  bool Demands() const {
    return certificate() == ShownCertificate::kDemandedAndGiven ||
           certificate() == ShownCertificate::kDemandedAndMissing;
  }
  bool Shows() const {
    return certificate() == ShownCertificate::kGiven ||
           certificate() == ShownCertificate::kDemandedAndGiven;
  }
  bool GoesThroughProxy() const { return proxy() != UsedProxy::kNone && !passes_by(); }

  std::string WriteProfile(const SampleProject& project, const TlsMock& mock,
                           const ForwardingProxy& through) const {
    const TestAuthority other("Another authority");
    project.Write("mine/other.pem", other.credential().certificate);
    std::string text = fmt::format("name: lab\ntitle: A lab\ntarget: mock\nca_file: {}\n",
                                   ca() == TrustedCa::kRight ? mock.ca_file() : "other.pem");
    if (Shows()) {
      text +=
          "client_certificates:\n"
          "  - {host: 127.0.0.1, certificate_file: client.pem, key_file: client.key}\n";
    }
    const std::string no_proxy = passes_by() ? "no_proxy: [127.0.0.0/8]" : "no_proxy: [a.example]";
    if (proxy() != UsedProxy::kNone) {
      text += fmt::format("proxy: {{address: '{}', {}{}}}\n", through.address(),
                          proxy() == UsedProxy::kNoSignIn ? "" : "sign_in_variable: LAB_PROXY, ",
                          no_proxy);
    }
    project.Write("mine/lab.yaml", text);
    return "mine/lab.yaml";
  }

  /// Why nothing could be told; empty: it conforms. What comes first on the way decides.
  std::string Expected() const {
    if (GoesThroughProxy() && proxy() == UsedProxy::kWrongSignIn) {
      return "(the profile) did not accept the sign-in (407); check the user name and password of "
             "the proxy";
    }
    if (GoesThroughProxy() && proxy() == UsedProxy::kNoSignIn) {
      return "(the profile) asks for a sign-in (407)";
    }
    if (ca() == TrustedCa::kUnknown) {
      return "of the server's certificate is not in the CA file mine/other.pem; check the address; "
             "if this server is meant, name its authority's certificate as the CA file";
    }
    if (certificate() == ShownCertificate::kDemandedAndMissing) {
      return "the server demands a client certificate; name a client certificate for this host in "
             "the profile, or check the one that is named";
    }
    return "";
  }
};

TEST_P(ConnectionMatrix, PassesOrSaysInPlainWordsWhy) {
  const SampleProject project;
  const TestAuthority clients("Clients");
  const Credential client = clients.IssueForClient("alice");
  project.Write("clients.pem", clients.credential().certificate);
  project.Write("mine/client.pem", client.certificate);
  project.Write("mine/client.key", client.key);
  std::filesystem::permissions(project.folder() / "mine/client.key", std::filesystem::perms(0600));
  const TlsMock mock(project.Call({}), Demands()
                                           ? std::vector<std::string>{"--client-ca", "clients.pem"}
                                           : std::vector<std::string>{});
  const ForwardingProxy through({"squirrel:acorn-4711"});
  const std::string profile = WriteProfile(project, mock, through);
  const std::string sign_in =
      proxy() == UsedProxy::kWrongSignIn ? "squirrel:acorn-4712" : "squirrel:acorn-4711";
  const ProgramResult result =
      project.Conform({"run", "--profile", profile, "--base-url", mock.address()},
                      SettledVariables({"LAB_PROXY=" + sign_in}));
  const std::string why = Expected();
  const std::string told = result.output + result.errors;
  EXPECT_EQ(result.exit_code, why.empty() ? 0 : 3) << told;
  EXPECT_NE(told.find(why), std::string::npos) << told;
  EXPECT_EQ(through.tunnels() > 0, GoesThroughProxy() && proxy() == UsedProxy::kSignedIn);
  EXPECT_EQ(through.heads().empty(), !GoesThroughProxy());
  // Never a pass, never a fail.
  if (!why.empty()) {
    EXPECT_NE(told.find("2 of 2 tests inconclusive"), std::string::npos) << told;
  }
  for (const char* const secret : {"acorn-471", "c3F1aXJyZWw6YWNvcm4tNDcx"}) {
    EXPECT_EQ((told + project.Read("reports/run.json")).find(secret), std::string::npos) << secret;
  }
}

std::string NameOfRow(const testing::TestParamInfo<MatrixRow>& row) {
  constexpr const char* kCas[] = {"RightCa", "UnknownCa"};
  constexpr const char* kProxies[] = {"NoProxy", "SignedIn", "WrongSignIn", "NoSignIn"};
  constexpr const char* kCertificates[] = {"NoCertificate", "Certificate", "Demanded", "Missing"};
  return fmt::format("{}{}{}{}", kCas[static_cast<int>(std::get<0>(row.param))],
                     kProxies[static_cast<int>(std::get<1>(row.param))],
                     kCertificates[static_cast<int>(std::get<2>(row.param))],
                     std::get<3>(row.param) ? "PassedBy" : "");
}

INSTANTIATE_TEST_SUITE_P(
    All, ConnectionMatrix,
    testing::Combine(testing::Values(TrustedCa::kRight, TrustedCa::kUnknown),
                     testing::Values(UsedProxy::kNone, UsedProxy::kSignedIn,
                                     UsedProxy::kWrongSignIn, UsedProxy::kNoSignIn),
                     testing::Values(ShownCertificate::kNone, ShownCertificate::kGiven,
                                     ShownCertificate::kDemandedAndGiven,
                                     ShownCertificate::kDemandedAndMissing),
                     testing::Bool()),
    NameOfRow);

}  // namespace
}  // namespace conform
