#include "auth/client_credentials.h"

#include "auth/managed_identity.h"
#include "auth/sample_sign_in.h"
#include "base/certificate.h"
#include "base/digest.h"
#include "testing/program.h"
#include "token/jwt.h"

namespace conform {
namespace {

using Json = nlohmann::json;

const std::string kIssued = HttpAnswer(200, R"({"access_token":"marked-access"})");

class SignInAsApplication : public SignInTest {
 protected:
  std::string Told(Expected<std::optional<IssuedToken>> issued) const {
    if (issued) return *issued ? (*issued)->token : "nothing";
    std::string text = issued.error().message;
    for (std::size_t at = 0; server_ && (at = text.find(address())) != std::string::npos;) {
      text.replace(at, address().size(), "ADDRESS");
    }
    return text;
  }
  std::string Issue(decltype(ApplicationSource::credential) credential) {
    return Told(
        ClientCredentials(
            {{address(), {"contoso", ""}, ""}, {"the-client", ""}, std::move(credential), ""},
            "https://graph.example.test", Client())
            .Issue());
  }
  std::string Managed(const ManagedIdentitySource& source) {
    return Told(ManagedIdentity(source, "https://graph.example.test", Client()).Issue());
  }
  /// Of the last form.
  std::string FieldOf(const std::string& name) const {
    const std::string form = "&" + Forms().back();
    const std::size_t at = form.find("&" + name + "=");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 2;
    return form.substr(begin, form.find('&', begin) - begin);
  }
  Request Asked(std::size_t number) const { return server_->requests().at(number).request; }

  static Credential Certificate() {
    return IssueCertificate({.name = "app",
                             .hosts = {"app"},
                             .not_before = kSampleStart,
                             .not_after = kSampleStart + std::chrono::hours(24 * 36'500),
                             .key = KeyKind::kRsa2048},
                            nullptr)
        .value();
  }
};

TEST_F(SignInAsApplication, WithASecretWhoseLineEndIsNoneOfIt) {
  for (const char* const end : {"\n", "\r\n"}) {
    variables_["SECRET"] = std::string("sesame-open") + end;
    Answer({HttpAnswer(401, R"({"error":"invalid_client","error_description":"no sesame-open"})")});
    EXPECT_EQ(Issue(SecretCredential{"SECRET"}).find("sesame"), std::string::npos);
    EXPECT_EQ(FieldOf("client_secret"), "sesame-open");
  }
  variables_["SECRET"] = "\n";
  EXPECT_EQ(Issue(SecretCredential{"SECRET"}), "nothing");
}

TEST_F(SignInAsApplication, WithACertificateByAnAssertion) {
  const Credential made = Certificate();
  const auto file = WriteFile("app.crt", made.certificate, std::filesystem::perms(0644));
  const auto key = WriteFile("app.key", made.key);
  Answer({kIssued, kIssued});
  EXPECT_EQ(Issue(CertificateCredential{file, key, "", RsaScheme::kPs256}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion_type"),
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  EXPECT_EQ(FieldOf("scope"), "https://graph.example.test/.default");
  const auto first = ReadJwt(FieldOf("client_assertion"));
  ASSERT_TRUE(first);
  const std::string der =
      RunProgram({"openssl", "x509", "-outform", "DER"}, made.certificate).output;
  EXPECT_EQ(first->header,
            (Json{{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", Base64Url(Sha256(der))}}));
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(kSampleStart.time_since_epoch());
  Json claims = first->claims;
  const std::string id = claims["jti"];
  claims.erase("jti");
  EXPECT_EQ(claims, (Json{{"iss", "the-client"},
                          {"sub", "the-client"},
                          {"aud", address() + "/contoso/oauth2/v2.0/token"},
                          {"iat", now.count()},
                          {"nbf", now.count()},
                          {"exp", now.count() + 300}}));
  EXPECT_EQ(Issue(CertificateCredential{file, key, "", RsaScheme::kRs256}), "marked-access");
  const auto second = ReadJwt(FieldOf("client_assertion"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->header["alg"], "RS256");
  EXPECT_TRUE(VerifyJwt(FieldOf("client_assertion"), RsaKey::Load(made.key).value()));
  EXPECT_NE(second->claims["jti"], id);
  EXPECT_EQ(explained_.find(FieldOf("client_assertion")), std::string::npos);
}

TEST_F(SignInAsApplication, WithAPkcs12FileAndItsPassword) {
  const Credential made = Certificate();
  WriteFile("app.pem", made.certificate + made.key);
  const std::string file = (folder_ / "app.p12").string();
  RunProgram({"openssl", "pkcs12", "-export", "-in", (folder_ / "app.pem").string(), "-out", file,
              "-passout", "pass:marked-password"});
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  Answer({kIssued});
  EXPECT_EQ(Issue(CertificateCredential{file, "", "PASSWORD"}),
            fmt::format("no token: the client certificate {} opens with the password in PASSWORD, "
                        "which is not set",
                        file));
  variables_["PASSWORD"] = "marked-password\n";
  EXPECT_EQ(Issue(CertificateCredential{file, "", "PASSWORD"}), "marked-access");
}

TEST_F(SignInAsApplication, NotWithAKeyThatOthersReadOrThatIsNoRsaKey) {
  const Credential made = Certificate();
  const auto open =
      WriteFile("open.pem", made.certificate + made.key, std::filesystem::perms(0644));
  const Credential curve = IssueCertificate({.name = "app",
                                             .hosts = {"app"},
                                             .not_before = kSampleStart,
                                             .not_after = kSampleStart + std::chrono::hours(24)},
                                            nullptr)
                               .value();
  const auto other = WriteFile("curve.pem", curve.certificate + curve.key);
  Answer({kIssued});
  EXPECT_EQ(Issue(CertificateCredential{open, "", ""}),
            fmt::format("no token: {} holds a secret and can be read by others: chmod 600 {}",
                        open.string(), open.string()));
  EXPECT_EQ(Issue(CertificateCredential{other, "", ""}),
            fmt::format("no token: the key in {} is no RSA key, and such an assertion is signed "
                        "with no other",
                        other.string()));
  EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(SignInAsApplication, WithAnAssertionFromAFileThatIsReadEachTime) {
  // Kubernetes lets others read it.
  const auto file = WriteFile("assertion", "marked.one\n", std::filesystem::perms(0644));
  Answer({kIssued, kIssued});
  EXPECT_EQ(Issue(FederatedCredential{AssertionOrigin::kFile, file, ""}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion"), "marked.one");
  WriteFile("assertion", "marked.two\n");
  EXPECT_EQ(Issue(FederatedCredential{AssertionOrigin::kFile, file, ""}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion"), "marked.two");
}

TEST_F(SignInAsApplication, WithWhatGitHubVouchesFor) {
  Answer({HttpAnswer(200, R"({"count":1,"value":"marked.github"})"), kIssued});
  variables_["ACTIONS_ID_TOKEN_REQUEST_URL"] = address() + "/vouch?v=1";
  variables_["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "marked-request";
  EXPECT_EQ(Issue(FederatedCredential{AssertionOrigin::kGitHub, {}, ""}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion"), "marked.github");
  EXPECT_EQ(Asked(0).method, "GET");
  EXPECT_EQ(Asked(0).target, "/vouch?v=1&audience=api%3A%2F%2FAzureADTokenExchange");
  EXPECT_EQ(FindField(Asked(0).fields, "Authorization")->value, "Bearer marked-request");
  EXPECT_EQ(explained_.find("marked"), std::string::npos) << explained_;
}

TEST_F(SignInAsApplication, WithWhatAzurePipelinesVouchesFor) {
  Answer({HttpAnswer(200, R"({"oidcToken":"marked.azure"})"), kIssued});
  variables_["SYSTEM_OIDCREQUESTURI"] = address() + "/vouch";
  variables_["SYSTEM_ACCESSTOKEN"] = "marked-request";
  variables_["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = "connection";
  EXPECT_EQ(Issue(FederatedCredential{}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion"), "marked.azure");
  EXPECT_EQ(Asked(0).method, "POST");
  EXPECT_EQ(Asked(0).target, "/vouch?api-version=7.1&serviceConnectionId=connection");
  EXPECT_EQ(FindField(Asked(0).fields, "Content-Type")->value, "application/json");
  EXPECT_EQ(Asked(0).body, "");
}

TEST_F(SignInAsApplication, WithTheFirstThatVouches) {
  Answer({kIssued, kIssued});
  EXPECT_EQ(Issue(FederatedCredential{}), "nothing");
  variables_["CONFORM_ASSERTION"] = "marked.variable";
  EXPECT_EQ(Issue(FederatedCredential{}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion"), "marked.variable");
  variables_["AZURE_FEDERATED_TOKEN_FILE"] = WriteFile("assertion", "marked.file").string();
  EXPECT_EQ(Issue(FederatedCredential{}), "marked-access");
  EXPECT_EQ(FieldOf("client_assertion"), "marked.file");
}

TEST_F(SignInAsApplication, TellsWhyNobodyVouches) {
  Answer({HttpAnswer(403, "{}")});
  variables_["ACTIONS_ID_TOKEN_REQUEST_URL"] = address() + "/vouch";
  EXPECT_EQ(Issue(FederatedCredential{}),
            "no assertion from GitHub Actions: ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set: give the "
            "job the permission id-token: write");
  variables_["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "marked-request";
  EXPECT_EQ(Issue(FederatedCredential{}),
            "no assertion from GitHub Actions: ADDRESS answered 403 without value");
  variables_["ACTIONS_ID_TOKEN_REQUEST_URL"] = "http://vouch.example.test/";
  EXPECT_EQ(Issue(FederatedCredential{}),
            "no assertion from GitHub Actions: in ACTIONS_ID_TOKEN_REQUEST_URL stands plain http "
            "only reaches loopback: write https://");
}

TEST_F(SignInAsApplication, OfTheMachineAtItsMetadataService) {
  Answer({HttpAnswer(200, R"({"access_token":"marked-access","expires_on":"4000000000"})")});
  EXPECT_EQ(Managed({address(), {"some-id", ""}, ""}), "marked-access");
  EXPECT_EQ(Asked(0).method, "GET");
  EXPECT_EQ(Asked(0).target,
            "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
            "https%3A%2F%2Fgraph.example.test&client_id=some-id");
  EXPECT_EQ(FindField(Asked(0).fields, "Metadata")->value, "true");
}

TEST_F(SignInAsApplication, OfTheMachineAtAppService) {
  Answer({kIssued});
  variables_["IDENTITY_ENDPOINT"] = address() + "/msi/token";
  variables_["IDENTITY_HEADER"] = "marked-header";
  EXPECT_EQ(Managed({"", {}, "things"}), "marked-access");
  EXPECT_EQ(Asked(0).target, "/msi/token?api-version=2019-08-01&resource=things");
  EXPECT_EQ(FindField(Asked(0).fields, "X-IDENTITY-HEADER")->value, "marked-header");
  EXPECT_EQ(explained_.find("marked"), std::string::npos) << explained_;
}

TEST_F(SignInAsApplication, OfTheMachineNeverOverPlainHttpElsewhere) {
  variables_["IDENTITY_ENDPOINT"] = "http://identity.example.test/token";
  variables_["IDENTITY_HEADER"] = "marked-header";
  EXPECT_EQ(Managed({}),
            "no token of the managed identity: plain http only reaches loopback and "
            "169.254.0.0/16: write https://");
  EXPECT_EQ(Managed({"", {"", "UNSET"}, ""}), "nothing");
}

}  // namespace
}  // namespace conform
