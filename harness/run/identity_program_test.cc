// Runs of the built program whose tokens come from where the profile says.
#include <fmt/format.h>

#include "base/certificate.h"
#include "mock/entra_assertion.h"
#include "run/sample_control.h"
#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/test_authority.h"
#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {
namespace {

/// A project with one case as the application, and a mock started alone beside it.
class ProfileIdentity : public testing::Test {
 protected:
  ProfileIdentity() : mock_(project_.Call({"mock"})), address_(mock_.ReadLine()) {
    project_.Remove("cases/things/documented.yaml");
    project_.Remove("cases/things/without_token.yaml");
    project_.Write(
        "cases/things/application.yaml",
        SampleCase("[sync.204]", "application", kWithToken, "  status: 204\n  body: none\n"));
  }

  /// The exit code with both outputs behind it.
  std::string RunWith(const std::string& source, std::vector<std::string> variables) const {
    project_.Write("profile.yaml", fmt::format("name: lab\ntitle: A lab\ntarget: {}\nidentities:\n"
                                               "  application: {}\n",
                                               address_, source));
    const ProgramResult ran = RunProgram(project_.Call(
        {"run", "--profile", "profile.yaml", "--base-url", address_}, std::move(variables)));
    return fmt::format("exit {}\n{}{}", ran.exit_code, ran.output, ran.errors);
  }
  std::string SignInWith(const std::string& credential) const {
    return fmt::format(
        "{{sign_in: {{authority: '{}', tenant: conform.example, client: {}, {}, scope: "
        "'https://graph.microsoft.com/.default'}}}}",
        address_, kEntraConfidentialClient, credential);
  }
  std::string SignIn() const { return SignInWith("secret_variable: LAB_SECRET"); }
  int Control(const std::string& path, const std::string& content) const {
    return PostControl(address_, path, content);
  }
  static Credential IssueApplicationCertificate() {
    CertificateRequest request = TestAuthority::RequestFor("application", {});
    request.key = KeyKind::kRsa2048;
    return IssueCertificate(request, nullptr).value();
  }

  SampleProject project_;
  StartedProgram mock_;
  std::string address_;
};

void ExpectHolds(const std::string& told, const std::string& part) {
  EXPECT_NE(told.find(part), std::string::npos) << told;
}

TEST_F(ProfileIdentity, ApplicationSignsInWithItsSecretAndPasses) {
  const std::string told = RunWith(SignIn(), {"LAB_SECRET=conform-mock-secret"});
  ExpectHolds(told, "exit 0\n");
  ExpectHolds(told, ": 1 pass\n");
  EXPECT_EQ(told.find("conform-mock-secret"), std::string::npos) << told;
}

TEST_F(ProfileIdentity, AsksForTheAudienceThatTheMockPrints) {
  const std::string source = fmt::format(
      "{{sign_in: {{authority: '{}', tenant: conform.example, client: {}, "
      "secret_variable: LAB_SECRET}}}}\n",
      address_, kEntraConfidentialClient);
  constexpr std::string_view kBefore = "#   tokens: ";
  std::string line;
  // Behind the last line nothing would come.
  const auto is_last = [&] { return line.find(kEntraApplications.back().id) != std::string::npos; };
  while (!line.starts_with(kBefore) && !is_last()) line = mock_.ReadLine();
  ASSERT_TRUE(line.starts_with(kBefore)) << line;
  ExpectHolds(RunWith(source, {"LAB_SECRET=conform-mock-secret"}), "AADSTS500011");
  ExpectHolds(
      RunWith(source + line.substr(line.find("tokens")), {"LAB_SECRET=conform-mock-secret"}),
      ": 1 pass\n");
}

TEST_F(ProfileIdentity, WrongSecretIsInconclusiveAndToldWithAdvice) {
  const std::string told = RunWith(SignIn(), {"LAB_SECRET=guessed-secret"});
  ExpectHolds(told, "exit 3\n");
  ExpectHolds(told, "AADSTS7000215");
  ExpectHolds(told, "the client secret is wrong: check the variable that holds it");
  EXPECT_EQ(told.find("guessed-secret"), std::string::npos) << told;
}

TEST_F(ProfileIdentity, ApplicationSignsInWithItsCertificate) {
  const Credential made = IssueApplicationCertificate();
  project_.Write("app.crt", made.certificate);
  project_.Write("app.key", made.key);
  std::filesystem::permissions(project_.folder() / "app.key", std::filesystem::perms(0600));
  const std::string credential = "certificate_file: app.crt, key_file: app.key";
  ExpectHolds(RunWith(SignInWith(credential), {}), "AADSTS700027");
  ASSERT_EQ(
      Control(fmt::format("entra/certificates/{}", kEntraConfidentialClient), made.certificate),
      204);
  for (const char* const algorithm : {"", ", algorithm: RS256"}) {
    const std::string told = RunWith(SignInWith(credential + algorithm), {});
    // At the second run the first one's synchronisation is still in progress: 409.
    EXPECT_EQ(told.find("no token"), std::string::npos) << told;
  }
}

TEST_F(ProfileIdentity, ApplicationSignsInWithWhatAnotherVouchesFor) {
  const auto assertion = [](std::string_view subject) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return SignJwt({},
                   {{"iss", kEntraFederations[0].issuer},
                    {"sub", subject},
                    {"aud", kFederationAudience},
                    {"exp", std::chrono::duration_cast<std::chrono::seconds>(now).count() + 300}},
                   TestKey())
        .value();
  };
  const std::string good = assertion(kEntraFederations[0].subject);
  const std::string told = RunWith(SignInWith("assertion: any"), {"CONFORM_ASSERTION=" + good});
  ExpectHolds(told, "exit 0\n");
  ExpectHolds(told, ": 1 pass\n");
  EXPECT_EQ(told.find(good), std::string::npos) << told;
  const std::string bad = assertion("somebody else");
  const std::string refused =
      RunWith(SignInWith("assertion_variable: VOUCHED"), {"VOUCHED=" + bad});
  ExpectHolds(refused, "exit 3\n");
  ExpectHolds(refused, "AADSTS700213");
  EXPECT_EQ(refused.find(bad), std::string::npos) << refused;
}

TEST_F(ProfileIdentity, FileThatOthersReadIsInconclusive) {
  project_.Write("token", "sesame-open\n");
  std::filesystem::permissions(project_.folder() / "token", std::filesystem::perms(0644));
  const std::string told = RunWith("{file: token}", {});
  ExpectHolds(told, "exit 3\n");
  ExpectHolds(told, "token holds a secret and can be read by others: chmod 600 token");
}

TEST_F(ProfileIdentity, SignsInOverTlsAsTheProfileTrusts) {
  const TlsMock mock({.arguments = {CONFORM_PROGRAM}, .folder = project_.folder()});
  address_ = mock.address();
  const std::string trusted = SignIn() + "\nca_file: " + mock.ca_file();
  const Variables variables = SettledVariables({"LAB_SECRET=conform-mock-secret"});
  ExpectHolds(RunWith(trusted, variables), ": 1 pass\n");
  const std::string told = RunWith(SignIn(), variables);
  ExpectHolds(told, "exit 3\n");
  ExpectHolds(told, "no token: ");
}

TEST_F(ProfileIdentity, EnvironmentComesBeforeTheProfile) {
  const std::string told =
      RunWith("{command: [/nowhere/at-all]}", {"CONFORM_TOKEN_APPLICATION=sesame-open"});
  // The mock refuses that token: it was sent.
  ExpectHolds(told, "401");
  EXPECT_EQ(told.find("/nowhere/at-all"), std::string::npos) << told;
  EXPECT_EQ(told.find("sesame-open"), std::string::npos) << told;
}

}  // namespace
}  // namespace conform
