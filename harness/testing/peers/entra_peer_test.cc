// Our mocks of Entra and Graph, met by Microsoft's own clients over TLS.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/certificate.h"
#include "exchange/client.h"
#include "run/sample_tls.h"
#include "testing/peers/peer.h"
#include "testing/peers/peer_server.h"
#include "testing/test_authority.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr const char* kPython = "/usr/bin/python3";
constexpr const char* kTenant = "3f1c2b7a-5d84-4e0b-9c66-0a7d1b2e9f40";
constexpr const char* kPublicClient = "c0f0a001-0000-4000-8000-000000000001";
constexpr const char* kConfidentialClient = "c0f0a001-0000-4000-8000-000000000002";
constexpr const char* kPermission = "DeviceManagementServiceConfig.ReadWrite.All";

const SystemClock kMachineClock;

/// `conform mock --tls`, as clients of others are told to trust it.
class MicrosoftsClients : public PeerTest {
 protected:
  MicrosoftsClients()
      : mock_({.arguments = {CONFORM_PROGRAM}, .folder = CONFORM_SOURCE}),
        trusted_(mock_.ca_file()) {}

  void SetUp() override {
    PeerTest::SetUp();
    if (!IsSkipped() && !HasFatalFailure()) {
      EXPECT_EQ(Control("entra/times", R"({"interval_s": 0})"), 204);
    }
  }

  int Control(const std::string& path, const std::string& content) const {
    ConnectionSettings settings;
    settings.tls.ca_file = mock_.ca_file();
    const Origin origin = ParseOrigin(mock_.address()).value();
    const auto client = Client::Open(origin, {}, kMachineClock, settings);
    if (!client) return 0;
    const Attempt attempt = (*client)->Send({"POST",
                                             "/.conform/" + path,
                                             {{"Host", "127.0.0.1"},
                                              {"Content-Length", std::to_string(content.size())},
                                              {"Connection", "close"}},
                                             content,
                                             false,
                                             {}});
    return attempt.response ? attempt.response->status : 0;
  }

  Variables Trusting() const {
    return SettledVariables({"NODE_EXTRA_CA_CERTS=" + trusted_, "REQUESTS_CA_BUNDLE=" + trusted_,
                             "NODE_PATH=" + PeerFolder().string()});
  }
  std::string Node(const std::string& script, const std::vector<std::string>& arguments) const {
    return RunNode(script, arguments, Trusting()).output;
  }
  std::string MsalForNode(const Json& order) const { return Node("msal.cjs", {order.dump()}); }
  std::string MsalForPython(const Json& order) const {
    const std::string script = CONFORM_SOURCE "/harness/testing/peers/msal_python.py";
    const ProgramResult result =
        RunProgram({.arguments = {kPython, script, order.dump()}, .variables = Trusting()});
    return result.output + result.errors;
  }

  Json Order(const char* client) const {
    return {{"origin", mock_.address()}, {"tenant", kTenant}, {"client", client}};
  }
  Json DeviceOrder(const char* decide) const {
    Json order = Order(kPublicClient);
    order.update({{"do", "device"},
                  {"scope", fmt::format("https://graph.microsoft.com/{}", kPermission)},
                  {"person", "alice@conform.example"},
                  {"decide", decide}});
    return order;
  }
  Json ApplicationOrder(const Json& credential) const {
    Json order = Order(kConfidentialClient);
    order.update({{"do", "application"}, {"scope", "https://graph.microsoft.com/.default"}});
    order.update(credential);
    return order;
  }

  TlsMock mock_;
  std::string trusted_;
};

std::string AsPerson(const std::string& what) {
  return fmt::format("{}: user {} for https://graph.microsoft.com in {}\n", what, kPermission,
                     kTenant);
}

std::string AsApplication(const std::string& what) {
  return fmt::format("{}: app roles for https://graph.microsoft.com in {}\n", what, kTenant);
}

constexpr const char* kAccount =
    "account: alice@conform.example of 3f1c2b7a-5d84-4e0b-9c66-0a7d1b2e9f40\n";

TEST_F(MicrosoftsClients, MsalForNodeSignsInByDeviceCodeAndRenewsSilently) {
  EXPECT_EQ(MsalForNode(DeviceOrder("approve")), "page: 200\n" + AsPerson("signed in from Entra") +
                                                     kAccount + AsPerson("silent from its cache") +
                                                     AsPerson("renewed from Entra") +
                                                     AsPerson("renewed again from Entra"));
  EXPECT_EQ(MsalForNode(DeviceOrder("decline")),
            "page: 200\nrefused: post_request_failed authorization_declined\n");
}

TEST_F(MicrosoftsClients, MsalForPythonSignsInByDeviceCodeAndRenewsSilently) {
  if (!RequirePythonModule("msal")) return;
  EXPECT_EQ(MsalForPython(DeviceOrder("approve")),
            "page: 200\n" + AsPerson("signed in") + kAccount + AsPerson("silent") +
                AsPerson("renewed") + AsPerson("renewed again"));
  EXPECT_EQ(MsalForPython(DeviceOrder("decline")),
            "page: 200\nrefused: authorization_declined AADSTS65004\n");
}

TEST_F(MicrosoftsClients, BothSignInWithASecret) {
  const Json right = ApplicationOrder({{"secret", "conform-mock-secret"}});
  const Json wrong = ApplicationOrder({{"secret", "conform-mock-secret?"}});
  EXPECT_EQ(MsalForNode(right), AsApplication("signed in from Entra") +
                                    AsApplication("again from its cache") +
                                    AsApplication("renewed from Entra"));
  EXPECT_EQ(MsalForNode(wrong), "refused: invalid_client AADSTS7000215\n");
  if (!RequirePythonModule("msal")) return;
  EXPECT_EQ(MsalForPython(right), AsApplication("signed in") + AsApplication("anew"));
  EXPECT_EQ(MsalForPython(wrong), "refused: invalid_client AADSTS7000215\n");
}

TEST_F(MicrosoftsClients, BothSignInWithACertificate) {
  const ServerFolder folder("msal");
  const auto credential = [&](const char* name) {
    CertificateRequest request = TestAuthority::RequestFor(name, {});
    request.key = KeyKind::kRsa2048;
    return IssueCertificate(request, nullptr).value();
  };
  const Credential registered = credential("registered");
  const Credential other = credential("other");
  EXPECT_EQ(
      Control(fmt::format("entra/certificates/{}", kConfidentialClient), registered.certificate),
      204);
  const auto order = [&](const Credential& shown, const char* kind) {
    const ProgramResult told =
        RunProgram({"openssl", "x509", "-noout", "-fingerprint", kind}, shown.certificate);
    std::string thumbprint = told.output.substr(told.output.find('=') + 1);
    std::erase_if(thumbprint, [](char c) { return c == ':' || c == '\n'; });
    return ApplicationOrder(
        {{"key", folder.Write("key.pem", shown.key)}, {"thumbprint", thumbprint}});
  };
  EXPECT_EQ(MsalForNode(order(registered, "-sha256")), AsApplication("signed in from Entra") +
                                                           AsApplication("again from its cache") +
                                                           AsApplication("renewed from Entra"));
  EXPECT_EQ(MsalForNode(order(other, "-sha256")), "refused: invalid_client AADSTS700027\n");
  if (!RequirePythonModule("msal")) return;
  EXPECT_EQ(MsalForPython(order(registered, "-sha1")),
            AsApplication("signed in") + AsApplication("anew"));
  EXPECT_EQ(MsalForPython(order(other, "-sha1")), "refused: invalid_client AADSTS700027\n");
}

TEST_F(MicrosoftsClients, BothRefuseAnAuthorityThatTheyDoNotTrust) {
  const ServerFolder folder("untrusted");
  trusted_ = folder.Write("ca.pem", TestAuthority("Another").credential().certificate);
  const Json order = ApplicationOrder({{"secret", "conform-mock-secret"}});
  EXPECT_EQ(MsalForNode(order), "refused: endpoints_resolution_error\n");
  if (!RequirePythonModule("msal")) return;
  EXPECT_EQ(MsalForPython(order), "refused: SSLError certificate\n");
}

TEST_F(MicrosoftsClients, GraphsClientTellsTheAnswersApartAndHonoursRetryAfter) {
  const std::string tenant = "0a7d1b2e-0000-4000-8000-000000000000";
  EXPECT_EQ(Node("graph_client.cjs", {mock_.address(), tenant}),
            "wrong token: 401 InvalidAuthenticationToken, request id there\n"
            "without permission: 403 Forbidden, request id there\n"
            "first: no error, content undefined\n"
            "while it is in progress: 409 Conflict, request id there\n"
            "too soon: 429 TooManyRequests, request id there, Retry-After within the last "
            "minute\n"
            "waits within the last minute\n"
            "patiently: no error, content undefined\n");
  const ServerFolder folder("untrusted");
  trusted_ = folder.Write("ca.pem", TestAuthority("Another").credential().certificate);
  EXPECT_EQ(Node("graph_client.cjs", {mock_.address(), tenant}),
            "fetch failed: UNABLE_TO_VERIFY_LEAF_SIGNATURE\n");
}

}  // namespace
}  // namespace conform
