// Our token sources sign in at an authorization server that others wrote (npm oidc-provider).
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "auth/client_credentials.h"
#include "auth/device_sign_in.h"
#include "base/certificate.h"
#include "testing/peers/peer.h"
#include "testing/test_authority.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

Credential RsaCertificate(const std::string& name) {
  CertificateRequest request = TestAuthority::RequestFor(name, {});
  request.key = KeyKind::kRsa2048;
  return IssueCertificate(request, nullptr).value();
}

/// By a clock that stands still but for what is waited: a poll costs no time.
class AtOidcProvider : public PeerTest {
 protected:
  void SetUp() override {
    PeerTest::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    if (server_ != nullptr) return;
    fs::create_directories(folder_);
    const Credential registered = RsaCertificate("registered");
    Write("client.pem", registered.certificate);
    Write("client.key", registered.key);
    server_ = std::make_unique<StartedProgram>(NodeCall("oidc_provider.cjs", {folder_.string()}));
    issuer_ = server_->ReadLine();
    ASSERT_NE(issuer_, "") << server_->Wait().errors;
  }
  /// One server for all: it takes longer to start than a test does.
  static void TearDownTestSuite() {
    server_ = nullptr;
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  static fs::path Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    fs::permissions(folder_ / name, fs::perms(0600));
    return folder_ / name;
  }
  /// `token of N bytes`, `nothing`, or the error.
  std::string Told(const Expected<std::optional<IssuedToken>>& issued) const {
    if (issued)
      return *issued ? fmt::format("token of {} bytes", (*issued)->token.size()) : "nothing";
    return Shown(issued.error().message);
  }
  std::string Shown(std::string text) const {
    for (std::size_t at = 0; (at = text.find(issuer_)) != std::string::npos;) {
      text.replace(at, issuer_.size(), "ISSUER");
    }
    return text;
  }
  std::string Apply(const std::string& client, decltype(ApplicationSource::credential) credential) {
    ClientCredentials issuer({{"", {}, issuer_}, {client, ""}, std::move(credential), ""}, "",
                             sign_in_);
    return Told(issuer.Issue());
  }
  AccountSource Person() const { return {{"", {}, issuer_}, {"device", ""}, {"openid"}}; }
  std::string Renew() {
    AccountTokens tokens(IdentityKind::kDelegatedWork, Person(), "", "conform login --profile lab",
                         sign_in_);
    return Told(tokens.Issue());
  }
  LoginStore Store() const { return LoginStore(folder_ / "conform"); }
  LoginKey Key() const { return {issuer_, "device", IdentityKind::kDelegatedWork}; }
  std::string AtPeer(const std::string& target) {
    const auto answer =
        sign_in_.Send({.address = ParseHttpAddress(issuer_ + target).value(), .method = "GET"});
    return answer ? std::to_string(answer->status) : answer.error().message;
  }

  static inline const fs::path folder_ =
      fs::path(testing::TempDir()) / fmt::format("conform_oidc_{}", ::getpid());
  static inline std::unique_ptr<StartedProgram> server_;
  static inline std::string issuer_;
  ManualClock clock_{std::chrono::system_clock::now()};
  Redactor redactor_{"key"};
  std::string explained_;
  SignInClient sign_in_{{},
                        {},
                        std::chrono::seconds(1),
                        {clock_, redactor_,
                         [](std::string_view name) -> std::optional<std::string> {
                           if (name == "XDG_STATE_HOME") return folder_.string();
                           if (name == "RIGHT") return "marked-client-secret";
                           if (name == "WRONG") return "marked-wrong-secret";
                           return std::nullopt;
                         },
                         [this](const std::string& lines) { explained_ += lines; }}};
};

TEST_F(AtOidcProvider, ApplicationsSignInWithSecretOrKey) {
  const fs::path certificate = folder_ / "client.pem";
  const fs::path key = folder_ / "client.key";
  const Credential other = RsaCertificate("other");
  const fs::path other_file = Write("other.pem", other.certificate + other.key);
  const struct {
    std::string client;
    decltype(ApplicationSource::credential) credential;
    std::string told;
  } rows[] = {
      {"secret", SecretCredential{"RIGHT"}, "token of 43 bytes"},
      {"secret", SecretCredential{"WRONG"},
       "no token: ISSUER answered 401 invalid_client: client authentication failed; check the "
       "client id, and the secret or certificate that it signs in with"},
      {"key-PS256", CertificateCredential{certificate, key, "", RsaScheme::kPs256},
       "token of 43 bytes"},
      {"key-RS256", CertificateCredential{certificate, key, "", RsaScheme::kRs256},
       "token of 43 bytes"},
      {"key-PS256", CertificateCredential{certificate, key, "", RsaScheme::kRs256},
       "no token: ISSUER answered 401 invalid_client: client authentication failed; check the "
       "client id, and the secret or certificate that it signs in with"},
      {"key-PS256", CertificateCredential{other_file, "", "", RsaScheme::kPs256},
       "no token: ISSUER answered 401 invalid_client: client authentication failed; check the "
       "client id, and the secret or certificate that it signs in with"},
  };
  for (const auto& row : rows) EXPECT_EQ(Apply(row.client, row.credential), row.told);
  EXPECT_EQ(explained_.find("marked"), std::string::npos) << explained_;
}

TEST_F(AtOidcProvider, APersonSignsInByDeviceAndTheSignInIsRenewed) {
  Account account(IdentityKind::kDelegatedWork, Person(), "", sign_in_);
  DeviceSignIn device(account);
  const auto code = device.Begin();
  ASSERT_TRUE(code) << code.error().message;
  EXPECT_EQ(Shown(code->address), "ISSUER/device");
  EXPECT_EQ(code->interval.count(), 2);
  EXPECT_EQ(AtPeer("/peer/approve?user_code=" + code->user_code), "200");
  const auto began = clock_.Now();
  const auto grant = device.Await(*code, [](auto) {});
  ASSERT_TRUE(grant) << grant.error().message;
  // The peer answers slow_down first: 2 s, then 2 s and 5 s.
  EXPECT_EQ(clock_.Now() - began, std::chrono::seconds(9));

  ASSERT_TRUE(Store().Keep(Key(), grant->refresh_token));
  EXPECT_EQ(Renew(), "token of 43 bytes");
  const std::string second = Store().Find(Key()).value().value();
  EXPECT_NE(second, grant->refresh_token);
  EXPECT_EQ(Renew(), "token of 43 bytes");
  EXPECT_NE(Store().Find(Key()).value().value(), second);
  // One that was used already is refused, and with it all that came of the sign-in.
  ASSERT_TRUE(Store().Keep(Key(), second));
  const std::string over =
      "no token: ISSUER answered 400 invalid_grant: grant request is invalid; what it signed in "
      "with is good no more; sign in anew: conform login --profile lab";
  EXPECT_EQ(Renew(), over);
  EXPECT_EQ(Renew(), over);
  for (const std::string& secret : {grant->refresh_token, second, code->device_code}) {
    EXPECT_EQ(explained_.find(secret), std::string::npos) << explained_;
  }
}

TEST_F(AtOidcProvider, APersonDeclines) {
  Account account(IdentityKind::kDelegatedWork, Person(), "", sign_in_);
  DeviceSignIn device(account);
  const auto code = device.Begin();
  ASSERT_TRUE(code) << code.error().message;
  EXPECT_EQ(AtPeer("/peer/decline?user_code=" + code->user_code), "200");
  const auto grant = device.Await(*code, [](auto) {});
  ASSERT_FALSE(grant);
  EXPECT_TRUE(grant.error().message.starts_with("the sign-in was declined (no token: "))
      << grant.error().message;
}

TEST_F(AtOidcProvider, MustBeNamedAsItNamesItself) {
  std::string local = issuer_;
  local.replace(local.find("127.0.0.1"), 9, "localhost");
  issuer_.swap(local);
  const std::string told = Apply("secret", SecretCredential{"RIGHT"});
  EXPECT_EQ(told,
            "no token: of what ISSUER tells of itself: it names another issuer: write the issuer "
            "in the profile exactly as the server does");
  issuer_.swap(local);
}

}  // namespace
}  // namespace conform
