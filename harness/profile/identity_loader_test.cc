#include "profile/identity_loader.h"

#include <gtest/gtest.h>

#include "profile/profile.h"
#include "testing/golden.h"

namespace conform {
namespace {

std::optional<Profile> LoadWith(const std::string& identities, std::string& told) {
  Diagnostics diagnostics;
  auto profile =
      LoadProfile(std::make_shared<SourceText>(
                      "p.yaml", "name: x\ntitle: X\ntarget: mock\nidentities:\n" + identities),
                  diagnostics);
  told = diagnostics.RenderAll();
  return profile;
}

TEST(LoadIdentities, ReadsEveryForm) {
  std::string told;
  const auto profile = LoadWith(
      "  delegated_work: {variable: WORK_TOKEN}\n"
      "  delegated_personal: {file: /run/secrets/token}\n"
      "  without_permission: {command: [az, account, get-access-token], timeout: 5s}\n"
      "  application: {sign_in: {authority: https://login.example.test, tenant: t, client: c, "
      "secret_variable: CLIENT_SECRET, scope: s}}\n",
      told);
  EXPECT_EQ(told, "");
  ASSERT_TRUE(profile);
  const IdentitySources& sources = profile->identities;
  ASSERT_EQ(sources.size(), 4U);
  EXPECT_EQ(std::get<VariableSource>(sources.at(IdentityKind::kDelegatedWork)).variable,
            "WORK_TOKEN");
  EXPECT_EQ(std::get<FileSource>(sources.at(IdentityKind::kDelegatedPersonal)).file,
            "/run/secrets/token");
  const auto& command = std::get<CommandSource>(sources.at(IdentityKind::kWithoutPermission));
  EXPECT_EQ(command.arguments, (std::vector<std::string>{"az", "account", "get-access-token"}));
  EXPECT_EQ(command.timeout, std::chrono::seconds(5));
  const auto& sign_in = std::get<ApplicationSource>(sources.at(IdentityKind::kApplication));
  EXPECT_EQ(sign_in.authority.origin, "https://login.example.test");
  EXPECT_EQ(sign_in.authority.tenant.text, "t");
  EXPECT_EQ(sign_in.client.text, "c");
  EXPECT_EQ(std::get<SecretCredential>(sign_in.credential).variable, "CLIENT_SECRET");
  EXPECT_EQ(sign_in.scope, "s");
}

/// One of testdata/profile, which the published schema is held against too.
Profile LoadSample(const std::string& name) {
  Diagnostics diagnostics;
  const std::string path = CONFORM_TESTDATA "/profile/" + name;
  auto profile =
      LoadProfile(std::make_shared<SourceText>("lab/" + name, ReadTestFile(path)), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return profile.value_or(Profile{});
}

template <typename Source>
Source SourceOf(const Profile& profile, IdentityKind kind) {
  const auto found = profile.identities.find(kind);
  const auto* source =
      found == profile.identities.end() ? nullptr : std::get_if<Source>(&found->second);
  EXPECT_NE(source, nullptr) << NameOf(kind);
  return source == nullptr ? Source{} : *source;
}

TEST(LoadIdentities, ReadsWhoSignsInByLogin) {
  const Profile profile = LoadSample("entra.yaml");
  const auto work = SourceOf<AccountSource>(profile, IdentityKind::kDelegatedWork);
  EXPECT_EQ(work.authority.origin, "https://login.example.test");
  EXPECT_EQ(work.authority.tenant.text, "contoso");
  EXPECT_EQ(work.client.text, "people");
  EXPECT_EQ(work.scopes, std::vector<std::string>{"Things.Read"});
  const auto personal = SourceOf<AccountSource>(profile, IdentityKind::kDelegatedPersonal);
  EXPECT_EQ(personal.authority.tenant.variable, "TENANT");
  EXPECT_EQ(personal.client.variable, "CLIENT");
  const Profile others = LoadSample("others.yaml");
  EXPECT_EQ(SourceOf<AccountSource>(others, IdentityKind::kDelegatedWork).authority.issuer,
            "https://issuer.example.test/a");
}

TEST(LoadIdentities, ReadsWithWhatAnApplicationSignsIn) {
  const Profile profile = LoadSample("entra.yaml");
  const auto own = std::get<CertificateCredential>(
      SourceOf<ApplicationSource>(profile, IdentityKind::kApplication).credential);
  EXPECT_EQ(own.file, "lab/app.crt");
  EXPECT_EQ(own.key_file, "/keys/app.key");
  EXPECT_EQ(own.password_variable, "KEY_PASSWORD");
  EXPECT_EQ(own.scheme, RsaScheme::kRs256);
  const auto vouched = [&](IdentityKind kind) {
    return std::get<FederatedCredential>(SourceOf<ApplicationSource>(profile, kind).credential);
  };
  EXPECT_EQ(vouched(IdentityKind::kWithoutPermission).origin, AssertionOrigin::kGitHub);
  EXPECT_EQ(vouched(IdentityKind::kExpired).file, "lab/vouched");
  EXPECT_EQ(vouched(IdentityKind::kWrongAudience).variable, "VOUCHED");
  const auto managed = SourceOf<ManagedIdentitySource>(profile, IdentityKind::kMalformed);
  EXPECT_EQ(managed.client.text, "own");
  EXPECT_EQ(managed.endpoint, "http://169.254.169.254");
  EXPECT_EQ(managed.resource, "r");
  const Profile others = LoadSample("others.yaml");
  EXPECT_EQ(SourceOf<ManagedIdentitySource>(others, IdentityKind::kWithoutPermission).endpoint, "");
  EXPECT_EQ(SourceOf<FileSource>(others, IdentityKind::kExpired).file, "lab/token");
}

/// An application at Entra with these keys besides.
std::string Application(const std::string& more) {
  return "  application: {sign_in: {authority: \"https://a.test\", tenant: t, client: c" + more +
         "}}\n";
}

struct RejectedRow {
  std::string name;
  std::string identities;
  std::string told;  // begins with this
};

class LoadIdentitiesRejects : public testing::TestWithParam<RejectedRow> {};

TEST_P(LoadIdentitiesRejects, AtItsPlaceWithoutQuotingIt) {
  std::string told;
  EXPECT_FALSE(LoadWith(GetParam().identities, told));
  EXPECT_EQ(told.substr(0, GetParam().told.size()), GetParam().told);
  EXPECT_EQ(told.find("c2VjcmV0"), std::string::npos) << told;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LoadIdentitiesRejects,
    testing::Values(
        RejectedRow{"LiteralToken", "  application: c2VjcmV0c2Vj.c2VjcmV0c2Vj.c2VjcmV0c2Vj\n",
                    "p.yaml:5:16: error: a token stands where its source should be\n"},
        RejectedRow{"UnknownForm", "  application: {key: c2VjcmV0}\n",
                    "p.yaml:5:16: error: the identity names no source of tokens, or several\n"},
        RejectedRow{"Text", "  application: c2VjcmV0\n",
                    "p.yaml:5:16: error: the identity names no source of tokens, or several\n"},
        RejectedRow{"FurtherKey", "  application: {variable: A, secret: c2VjcmV0}\n",
                    "p.yaml:5:30: error: unknown key 'secret'"},
        RejectedRow{"TwoForms", "  application: {variable: A, file: b}\n",
                    "p.yaml:5:16: error: the identity names no source of tokens, or several\n"},
        RejectedRow{"ValueInPlaceOfVariable", "  application: {variable: c2VjcmV0=}\n",
                    "p.yaml:5:27: error: that is no name of an environment variable\n"},
        RejectedRow{"PlainHttpSignIn",
                    "  application: {sign_in: {authority: http://a.test, tenant: t, client: c, "
                    "secret_variable: S}}\n",
                    "p.yaml:5:38: error: that is no https origin\n"},
        RejectedRow{"PlainHttpIssuer",
                    "  application: {sign_in: {issuer: http://a.test, client: c, "
                    "secret_variable: S}}\n",
                    "p.yaml:5:35: error: that is no https address\n"},
        RejectedRow{"ApplicationWithoutCredential", Application(""),
                    "p.yaml:5:26: error: it is not told with what the application signs in\n"},
        RejectedRow{"TwoCredentials", Application(", secret_variable: S, assertion: any"),
                    "p.yaml:5:78: error: the application signs in in several ways\n"},
        RejectedRow{"UnknownVoucher", Application(", assertion: c2VjcmV0"),
                    "p.yaml:5:89: error: that is nobody who vouches\n"},
        RejectedRow{"UnknownAlgorithm", Application(", certificate_file: f, algorithm: HS256"),
                    "p.yaml:5:110: error: "},
        RejectedRow{"SecretInPlaceOfVariable", Application(", secret_variable: c2VjcmV0="),
                    "p.yaml:5:95: error: that is no name of an environment variable\n"},
        RejectedRow{"TenantTwice", Application(", tenant_variable: T, secret_variable: S"),
                    "p.yaml:5:56: error: it stands here and in a variable: keep one of the two\n"},
        RejectedRow{"ManagedIdentityElsewhere",
                    "  application: {managed_identity: {endpoint: http://a.test}}\n",
                    "p.yaml:5:46: error: that is no https origin, nor plain http to loopback or "
                    "169.254.0.0/16\n"},
        RejectedRow{"EmptyCommand", "  application: {command: []}\n",
                    "p.yaml:5:26: error: the command names no program\n"},
        RejectedRow{"EndlessCommand", "  application: {command: [a], timeout: 1h}\n",
                    "p.yaml:5:40: error: the time limit is out of range\n"}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
