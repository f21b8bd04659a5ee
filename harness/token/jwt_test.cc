#include "token/jwt.h"

#include <gtest/gtest.h>

#include <string>

#include "base/digest.h"
#include "token/test_key.h"

namespace conform {
namespace {

std::string Sign(const nlohmann::json& claims) {
  return SignJwt(nlohmann::json::object(), claims, TestKey()).value();
}

TEST(SignJwt, WritesThreePartsThatReadBack) {
  const std::string token =
      SignJwt({{"kid", "conform-test-key"}}, {{"aud", "api"}, {"exp", 5}}, TestKey()).value();
  EXPECT_EQ(token.substr(0, token.rfind('.')),
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImNvbmZvcm0tdGVzdC1rZXkiLCJ0eXAiOiJKV1QifQ"
            ".eyJhdWQiOiJhcGkiLCJleHAiOjV9");
  const std::optional<Jwt> jwt = ReadJwt(token);
  ASSERT_TRUE(jwt.has_value());
  EXPECT_EQ(jwt->header.dump(), R"({"alg":"RS256","kid":"conform-test-key","typ":"JWT"})");
  EXPECT_EQ(jwt->claims.dump(), R"({"aud":"api","exp":5})");
  EXPECT_TRUE(VerifyJwt(token, TestKey()));
}

TEST(ReadJwt, DoesNotLookAtTheSignature) {
  EXPECT_TRUE(ReadJwt("e30.e30.").has_value());
  EXPECT_TRUE(ReadJwt("e30.e30.not!base64url").has_value());
}

struct NoJwt {
  const char* name;
  std::string token;
};

class ReadJwtRejects : public testing::TestWithParam<NoJwt> {};

TEST_P(ReadJwtRejects, AndVerifyJwtToo) {
  EXPECT_FALSE(ReadJwt(GetParam().token).has_value());
  EXPECT_FALSE(VerifyJwt(GetParam().token, TestKey()));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadJwtRejects,
    testing::Values(NoJwt{"Nothing", ""}, NoJwt{"NoDots", "not-a-token"},
                    NoJwt{"OneDot", "e30.e30"}, NoJwt{"FourParts", "e30.e30.e30.e30"},
                    NoJwt{"OnlyDots", ".."}, NoJwt{"HeaderIsNoBase64Url", "e+0.e30.e30"},
                    NoJwt{"HeaderIsNoJson", Base64Url("{") + ".e30.e30"},
                    NoJwt{"HeaderIsAnArray", Base64Url("[]") + ".e30.e30"},
                    NoJwt{"ClaimsAreAString", "e30." + Base64Url("\"x\"") + ".e30"},
                    NoJwt{"ClaimsAreNotUtf8", "e30." + Base64Url("{\"a\":\"\xff\"}") + ".e30"},
                    NoJwt{"LongerThanAnyToken",
                          "e30." + Base64Url("{\"a\":\"" + std::string(70'000, 'x') + "\"}") +
                              ".e30"}),
    [](const testing::TestParamInfo<NoJwt>& row) { return row.param.name; });

TEST(VerifyJwt, RefusesChangedClaims) {
  const std::string token = Sign({{"scp", "User.Read"}});
  const std::string other = Sign({{"scp", "Everything"}});
  const std::string mixed = other.substr(0, other.rfind('.')) + token.substr(token.rfind('.'));
  EXPECT_FALSE(VerifyJwt(mixed, TestKey()));
}

TEST(VerifyJwt, RefusesAlgorithmNone) {
  const std::string claims = Base64Url(R"({"scp":"User.Read"})");
  EXPECT_FALSE(VerifyJwt(Base64Url(R"({"alg":"none"})") + "." + claims + ".", TestKey()));
}

TEST(VerifyJwt, RefusesAnotherAlgorithmOverARightSignature) {
  const std::string text = Base64Url(R"({"alg":"HS256"})") + "." + Base64Url("{}");
  const std::string token = text + "." + Base64Url(TestKey().Sign(text).value());
  EXPECT_FALSE(VerifyJwt(token, TestKey()));
}

TEST(VerifyJwt, RefusesASignatureWithSomethingBehindIt) {
  EXPECT_FALSE(VerifyJwt(Sign({{"a", 1}}) + "AAAA", TestKey()));
}

TEST(SignJwt, BadBytesInAClaimAreReplaced) {
  const std::optional<Jwt> jwt = ReadJwt(Sign({{"tid", "a\xff"}}));
  ASSERT_TRUE(jwt.has_value());
  EXPECT_EQ(jwt->claims.dump(), "{\"tid\":\"a\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace conform
