#include "token/test_token.h"

#include <gtest/gtest.h>

#include <string>

#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {
namespace {

constexpr std::string_view kTenant = "11111111-2222-8333-8444-555555555555";

const std::chrono::system_clock::time_point kNow{std::chrono::seconds(1'800'000'000)};

std::string Issue(IdentityKind kind, std::string_view permission = "Things.ReadWrite.All") {
  return IssueTestToken(Identity{kind, ""}, permission, kTenant, kNow);
}

struct ClaimsRow {
  IdentityKind kind;
  std::string claims;
};

class IssueTestTokenClaims : public testing::TestWithParam<ClaimsRow> {};

TEST_P(IssueTestTokenClaims, AreThoseOfTheIdentity) {
  const std::string token = Issue(GetParam().kind);
  std::optional<Jwt> jwt = ReadJwt(token);
  ASSERT_TRUE(jwt.has_value());
  jwt->claims.erase("oid");
  jwt->claims.erase("appid");
  EXPECT_EQ(jwt->claims.dump(), GetParam().claims);
  EXPECT_EQ(jwt->header.value("kid", ""), "conform-test-token-key");
  EXPECT_TRUE(VerifyJwt(token, TestTokenKey()));
}

const ClaimsRow kRows[] = {
    {IdentityKind::kDelegatedWork,
     R"({"aud":"https://graph.microsoft.com","exp":1800003600,"iat":1799999700,"idtyp":"user",)"
     R"("iss":"https://sts.windows.net/11111111-2222-8333-8444-555555555555/","nbf":1799999700,)"
     R"("scp":"Things.ReadWrite.All","tid":"11111111-2222-8333-8444-555555555555","ver":"1.0"})"},
    {IdentityKind::kDelegatedPersonal,
     R"({"aud":"https://graph.microsoft.com",)"
     R"("conform_tenant":"11111111-2222-8333-8444-555555555555",)"
     R"("exp":1800003600,"iat":1799999700,"idtyp":"user",)"
     R"("iss":"https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/","nbf":1799999700,)"
     R"("scp":"Things.ReadWrite.All","tid":"9188040d-6c67-4c5b-b112-36a304b66dad","ver":"1.0"})"},
    {IdentityKind::kApplication,
     R"({"aud":"https://graph.microsoft.com","exp":1800003600,"iat":1799999700,"idtyp":"app",)"
     R"("iss":"https://sts.windows.net/11111111-2222-8333-8444-555555555555/","nbf":1799999700,)"
     R"("roles":["Things.ReadWrite.All"],"tid":"11111111-2222-8333-8444-555555555555",)"
     R"("ver":"1.0"})"},
    {IdentityKind::kWithoutPermission,
     R"({"aud":"https://graph.microsoft.com","exp":1800003600,"iat":1799999700,"idtyp":"user",)"
     R"("iss":"https://sts.windows.net/11111111-2222-8333-8444-555555555555/","nbf":1799999700,)"
     R"("scp":"User.Read","tid":"11111111-2222-8333-8444-555555555555","ver":"1.0"})"},
    {IdentityKind::kExpired,
     R"({"aud":"https://graph.microsoft.com","exp":1799996400,"iat":1799992500,"idtyp":"user",)"
     R"("iss":"https://sts.windows.net/11111111-2222-8333-8444-555555555555/","nbf":1799992500,)"
     R"("scp":"Things.ReadWrite.All","tid":"11111111-2222-8333-8444-555555555555","ver":"1.0"})"},
    {IdentityKind::kWrongAudience,
     R"({"aud":"https://management.azure.com","exp":1800003600,"iat":1799999700,"idtyp":"user",)"
     R"("iss":"https://sts.windows.net/11111111-2222-8333-8444-555555555555/","nbf":1799999700,)"
     R"("scp":"Things.ReadWrite.All","tid":"11111111-2222-8333-8444-555555555555","ver":"1.0"})"},
};

INSTANTIATE_TEST_SUITE_P(Table, IssueTestTokenClaims, testing::ValuesIn(kRows),
                         [](const testing::TestParamInfo<ClaimsRow>& row) {
                           return std::string(NameOf(row.param.kind));
                         });

TEST(IssueTestToken, NoneIsEmptyAndMalformedIsNoToken) {
  EXPECT_EQ(Issue(IdentityKind::kNone), "");
  EXPECT_EQ(Issue(IdentityKind::kMalformed), "not-a-token");
}

TEST(IssueTestToken, WithoutPermissionNeverHoldsTheOneAskedFor) {
  const std::optional<Jwt> jwt = ReadJwt(Issue(IdentityKind::kWithoutPermission, "User.Read"));
  ASSERT_TRUE(jwt.has_value());
  EXPECT_EQ(jwt->claims.value("scp", ""), "Calendars.Read");
}

TEST(IssueTestToken, FillsInAPermissionAndATenant) {
  const std::optional<Jwt> jwt =
      ReadJwt(IssueTestToken(Identity{IdentityKind::kDelegatedWork, ""}, "", "", kNow));
  ASSERT_TRUE(jwt.has_value());
  EXPECT_EQ(jwt->claims.value("scp", ""), "User.Read");
  EXPECT_EQ(jwt->claims.value("tid", "").size(), 36u);
}

TEST(ForgeSignature, ChangesOneCharacterAndTheTokenNoLongerVerifies) {
  const std::string token = Issue(IdentityKind::kDelegatedWork);
  const std::string forged = ForgeSignature(token);
  EXPECT_EQ(forged.size(), token.size());
  EXPECT_TRUE(ReadJwt(forged).has_value());
  EXPECT_FALSE(VerifyJwt(forged, TestTokenKey()));
  EXPECT_EQ(ForgeSignature("not-a-token"), "not-a-token");
}

}  // namespace
}  // namespace conform
