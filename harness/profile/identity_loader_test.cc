#include "profile/identity_loader.h"

#include <gtest/gtest.h>

#include "profile/profile.h"

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
        RejectedRow{"EmptyCommand", "  application: {command: []}\n",
                    "p.yaml:5:26: error: the command names no program\n"},
        RejectedRow{"EndlessCommand", "  application: {command: [a], timeout: 1h}\n",
                    "p.yaml:5:40: error: the time limit is out of range\n"}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
