#include "mock/verified_tokens.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "token/jwt.h"
#include "token/test_key.h"
#include "token/test_token.h"

namespace conform {
namespace {

std::string Sign(const nlohmann::json& claims) {
  return SignJwt(nlohmann::json::object(), claims, TestKey()).value();
}

TEST(ReadBearerToken, ReadsWhatTheMockDecidesBy) {
  const auto token = ReadBearerToken(Sign({{"aud", "a"},
                                           {"exp", 20},
                                           {"nbf", 10.5},
                                           {"tid", "t"},
                                           {"scp", " Two  Words "},
                                           {"roles", {"ofTheUser"}}}));
  ASSERT_NE(token, nullptr);
  EXPECT_TRUE(token->signature_holds);
  EXPECT_EQ(token->audience, "a");
  EXPECT_EQ(token->expires, 20);
  EXPECT_EQ(token->not_before, 10);
  EXPECT_EQ(token->tenant, "t");
  EXPECT_EQ(token->account, IdentityKind::kDelegatedWork);
  EXPECT_EQ(token->permissions, (std::vector<std::string>{"Two", "Words"}));
}

TEST(ReadBearerToken, KnowsTheKindOfAccount) {
  const auto account = [](const nlohmann::json& claims) {
    return ReadBearerToken(Sign(claims))->account;
  };
  EXPECT_EQ(account({{"scp", "A"}, {"tid", "t"}}), IdentityKind::kDelegatedWork);
  EXPECT_EQ(account({{"scp", "A"}, {"tid", kPersonalTenant}}), IdentityKind::kDelegatedPersonal);
  EXPECT_EQ(account({{"roles", {"A"}}, {"tid", "t"}}), IdentityKind::kApplication);
  EXPECT_EQ(account({{"roles", {"A"}}, {"idtyp", "app"}}), IdentityKind::kApplication);
}

TEST(ReadBearerToken, TestTenantOfAPersonalAccountIsItsOwn) {
  const auto token =
      ReadBearerToken(Sign({{"scp", "A"}, {"tid", kPersonalTenant}, {"conform_tenant", "t1"}}));
  EXPECT_EQ(token->tenant, "t1");
}

TEST(ReadBearerToken, ClaimsOfTheWrongTypeAreNoToken) {
  for (const char* claims : {R"({"aud":["a"]})", R"({"exp":"soon"})", R"({"nbf":null})",
                             R"({"scp":["A"]})", R"({"roles":"A"})", R"({"roles":[1]})",
                             R"({"tid":1})", R"({"idtyp":{}})", R"({"exp":1e300})"}) {
    EXPECT_EQ(ReadBearerToken(Sign(nlohmann::json::parse(claims))), nullptr) << claims;
  }
  EXPECT_EQ(ReadBearerToken("not-a-token"), nullptr);
}

TEST(VerifiedTokens, RemembersNoMoreThanItsCapacityAndForgetsTheOldest) {
  VerifiedTokens tokens(2);
  const std::string a = Sign({{"tid", "a"}});
  const std::string b = Sign({{"tid", "b"}});
  const std::string c = Sign({{"tid", "c"}});
  const auto first = tokens.Read(a);
  tokens.Read(b);
  EXPECT_EQ(tokens.Read(a), first);
  tokens.Read(c);
  EXPECT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens.Read(a), first);
  EXPECT_EQ(tokens.Read(b)->tenant, "b");
  EXPECT_EQ(tokens.size(), 2u);
}

TEST(VerifiedTokens, DoNotRememberWhatIsNoToken) {
  VerifiedTokens tokens(2);
  EXPECT_EQ(tokens.Read("not-a-token"), nullptr);
  EXPECT_EQ(tokens.size(), 0u);
}

TEST(VerifiedTokens, AForgedTokenStaysForged) {
  VerifiedTokens tokens(2);
  const std::string token = Sign({{"tid", "a"}});
  EXPECT_TRUE(tokens.Read(token)->signature_holds);
  EXPECT_FALSE(tokens.Read(ForgeSignature(token))->signature_holds);
  EXPECT_FALSE(tokens.Read(ForgeSignature(token))->signature_holds);
}

}  // namespace
}  // namespace conform
