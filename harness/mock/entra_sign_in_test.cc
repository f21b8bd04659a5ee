#include "mock/entra_sign_in.h"

#include "base/digest.h"
#include "mock/sample_entra.h"

namespace conform {
namespace {

using Json = nlohmann::json;

class EntraSignInTest : public EntraTest {};

TEST_F(EntraSignInTest, DeviceCodeIsPendingUntilItIsApproved) {
  const Json codes = Begin();
  EXPECT_EQ(codes["expires_in"], 900);
  EXPECT_EQ(codes["interval"], 5);
  EXPECT_EQ(codes["verification_uri"], "https://localhost:8443/common/oauth2/deviceauth");
  EXPECT_EQ(codes["user_code"].get<std::string>().size(), 9u);
  EXPECT_EQ(Told(Token(Poll(codes))), "400 authorization_pending 70016");
  EXPECT_EQ(Decide(codes, R"({"do": "approve", "as": "alice@conform.example"})"), 204);
  std::string spelt_out = Poll(codes);
  spelt_out.replace(spelt_out.find("device_code"), 11,
                    "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code");
  const Json tokens = Token(spelt_out);
  EXPECT_EQ(Told(tokens), "200");
  EXPECT_EQ(tokens["token_type"], "Bearer");
  EXPECT_EQ(tokens["expires_in"], 3599);
  EXPECT_EQ(tokens["scope"], std::string(kSampleScope) + " openid profile");
  EXPECT_TRUE(tokens.contains("refresh_token"));
  EXPECT_EQ(Told(Token(Poll(codes))), "400 invalid_grant 54005");
}

TEST_F(EntraSignInTest, DelegatedTokenIsShapedAsGraphsAre) {
  const Json claims = ClaimsOf(SignIn());
  EXPECT_EQ(claims["aud"], "https://graph.microsoft.com");
  EXPECT_EQ(claims["scp"], "Things.ReadWrite.All");
  EXPECT_EQ(claims["idtyp"], "user");
  EXPECT_EQ(claims["tid"], kEntraTenant);
  EXPECT_EQ(claims["appid"], kEntraPublicClient);
  EXPECT_EQ(claims["ver"], "1.0");
  EXPECT_EQ(claims["exp"], 500'000LL * 3600 + 3599);
  EXPECT_FALSE(claims.contains("roles"));
}

TEST_F(EntraSignInTest, IdTokenAndAccountAreThereForThoseWhoAsk) {
  const Json codes = Begin();
  Decide(codes, R"({"do": "approve", "as": "alice@conform.example"})");
  const Json tokens = Token(Poll(codes) + "&client_info=1");
  const Json claims = ClaimsOf(tokens, "id_token");
  EXPECT_EQ(claims["aud"], kEntraPublicClient);
  EXPECT_EQ(claims["iss"], fmt::format("https://localhost:8443/{}/v2.0", kEntraTenant));
  EXPECT_EQ(claims["preferred_username"], "alice@conform.example");
  EXPECT_EQ(Json::parse(*DecodeBase64Url(tokens["client_info"].get<std::string>()))["utid"],
            kEntraTenant);
}

TEST_F(EntraSignInTest, APersonDeclinesOrLetsTheCodeExpire) {
  const Json declined = Begin();
  EXPECT_EQ(Decide(declined, R"({"do": "decline"})"), 204);
  EXPECT_EQ(Told(Token(Poll(declined))), "400 authorization_declined 65004");
  const Json expired = Begin();
  EXPECT_EQ(Decide(expired, R"({"do": "expire"})"), 204);
  EXPECT_EQ(Told(Token(Poll(expired))), "400 expired_token 70020");
  const Json old = Begin();
  EXPECT_EQ(Control("clock", R"({"advance_ms": 899999})"), 204);
  EXPECT_EQ(Told(Token(Poll(old))), "400 authorization_pending 70016");
  EXPECT_EQ(Control("clock", R"({"advance_ms": 1})"), 204);
  EXPECT_EQ(Told(Token(Poll(old))), "400 expired_token 70020");
}

TEST_F(EntraSignInTest, WhoSignsInDecidesWhatBecomesOfIt) {
  EXPECT_EQ(Told(SignIn("disabled@conform.example")), "400 invalid_grant 50057");
  EXPECT_EQ(Told(SignIn("pat@outlook.example")), "400 invalid_grant 50020");
  EXPECT_EQ(Told(SignIn("alice@conform.example", kEntraUnconsentedClient)),
            "400 invalid_grant 65001");
  tenant_ = "consumers";
  EXPECT_EQ(ClaimsOf(SignIn("pat@outlook.example"))["tid"], "9188040d-6c67-4c5b-b112-36a304b66dad");
  EXPECT_EQ(Told(SignIn()), "400 invalid_grant 50020");
  tenant_ = "common";
  EXPECT_EQ(ClaimsOf(SignIn())["tid"], kEntraTenant);
  tenant_ = "0A7D1B2E-0000-4000-8000-000000000000";
  EXPECT_EQ(ClaimsOf(SignIn())["tid"], "0a7d1b2e-0000-4000-8000-000000000000");
}

TEST_F(EntraSignInTest, RefreshTokensRotate) {
  const Json first = SignIn();
  const Json second = Token(Renewal(first));
  EXPECT_EQ(Told(second), "200");
  EXPECT_NE(second["refresh_token"], first["refresh_token"]);
  EXPECT_NE(second["access_token"], first["access_token"]);
  EXPECT_EQ(Told(Token(Renewal(second))), "200");
}

TEST_F(EntraSignInTest, ARefreshTokenThatComesTwiceRevokesItsFamily) {
  const Json first = SignIn();
  const Json second = Token(Renewal(first));
  const Json other = SignIn();
  EXPECT_EQ(Told(Token(Renewal(first))), "400 invalid_grant 70000");
  EXPECT_EQ(Told(Token(Renewal(second))), "400 invalid_grant 70000");
  EXPECT_EQ(Told(Token(Renewal(other))), "200");
}

TEST_F(EntraSignInTest, ARefusedRenewalUsesNoTokenUp) {
  const Json tokens = SignIn();
  EXPECT_EQ(Told(Token(Renewal(tokens, "&scope=Nothing.Read"))), "400 invalid_client 650053");
  EXPECT_EQ(Told(Token(Renewal(tokens))), "200");
}

TEST_F(EntraSignInTest, ARenewalMayAskForOtherPermissions) {
  const Json renewed = Token(Renewal(SignIn(), "&scope=User.Read"));
  EXPECT_EQ(ClaimsOf(renewed)["scp"], "User.Read");
}

TEST_F(EntraSignInTest, RenewalNeedsThePersonWhereEntraSaysSo) {
  const Json tokens = SignIn("mfa@conform.example");
  const Json refused = Token(Renewal(tokens));
  EXPECT_EQ(Told(refused), "400 interaction_required 50076");
  EXPECT_EQ(refused["suberror"], "basic_action");
  const Json idle = SignIn();
  Control("clock", fmt::format(R"({{"advance_ms": {}}})", 91LL * 24 * 3600 * 1000));
  EXPECT_EQ(Told(Token(Renewal(idle))), "400 invalid_grant 700082");
}

TEST_F(EntraSignInTest, RefusesWhatIsNoProperRequest) {
  const std::string secret = "&client_secret=conform-mock-secret";
  const std::string poll = "grant_type=device_code&device_code=x&client_id=";
  const std::string id(kEntraConfidentialClient);
  const std::pair<std::string, const char*> rows[] = {
      {"", "400 invalid_request 900144"},
      {"grant_type=password&client_id=" + id, "400 unsupported_grant_type 70003"},
      {poll + "00000000-0000-4000-8000-000000000000", "400 unauthorized_client 700016"},
      {poll + std::string(kEntraPublicClient), "400 bad_verification_code 70018"},
      {poll + std::string(kEntraPublicClient) + secret, "401 invalid_client 700025"},
      {poll + id, "401 invalid_client 7000218"},
      {Application(""), "401 invalid_client 7000218"},
      {Application("", kEntraPublicClient), "401 invalid_client 7000218"},
      {Application("&client_secret=wrong"), "401 invalid_client 7000215"},
      {Application("&client_secret=conform-mock-secret-of-last-year"),
       "401 invalid_client 7000222"},
      {Application(secret + "&client_assertion=x"), "400 invalid_request 9002313"},
      {Application("&client_assertion=x"), "400 invalid_request 900144"},
      {Application("&client_assertion=x&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"
                   "client-assertion-type%3Ajwt-bearer"),
       "401 invalid_client 50027"},
      {Application(secret) + "&scope=" + std::string(kSampleScope), "200"},
  };
  for (const auto& [form, told] : rows) EXPECT_EQ(Told(Token(form)), told) << form;
}

TEST_F(EntraSignInTest, RefusesScopesThatItDoesNotKnow) {
  const auto begin = [&](const std::string& scope) {
    return Told(Post("/oauth2/v2.0/devicecode",
                     fmt::format("client_id={}&scope={}", kEntraPublicClient, scope)));
  };
  EXPECT_EQ(begin("User.Read+openid"), "200");
  EXPECT_EQ(begin(""), "400 invalid_scope 70011");
  EXPECT_EQ(begin("Nothing.Read"), "400 invalid_client 650053");
  EXPECT_EQ(begin("https://nowhere.example/.default"), "400 invalid_resource 500011");
  EXPECT_EQ(begin("User.Read https://management.azure.com/.default"), "400 invalid_request 28000");
}

TEST_F(EntraSignInTest, AnApplicationSignsInWithItsSecret) {
  const Json posted = Token(Application("&client_secret=conform-mock-secret"));
  EXPECT_EQ(Told(posted), "200");
  const Json claims = ClaimsOf(posted);
  EXPECT_EQ(claims["idtyp"], "app");
  EXPECT_EQ(claims["roles"],
            Json({"Admin.ReadWrite.All", "Calendars.Read", "Things.ReadWrite.All", "User.Read"}));
  EXPECT_FALSE(claims.contains("scp"));
  EXPECT_FALSE(posted.contains("refresh_token"));
  MockRequest basic =
      Request("POST", fmt::format("/{}/oauth2/v2.0/token", tenant_),
              "grant_type=client_credentials&scope=" + std::string(kSampleDefaultScope));
  basic.fields.push_back({"Authorization", "Basic " + Base64(std::string(kEntraConfidentialClient) +
                                                             ":conform%2Dmock-secret")});
  EXPECT_EQ(entra_.Serve(basic).status, 200);
}

TEST_F(EntraSignInTest, AnApplicationWithoutPermissionGetsATokenWithoutRoles) {
  const Json claims =
      ClaimsOf(Token(Application("&client_secret=conform-mock-secret-too", kEntraPoorClient)));
  EXPECT_EQ(claims["idtyp"], "app");
  EXPECT_FALSE(claims.contains("roles"));
}

TEST_F(EntraSignInTest, AnApplicationAsksAtATenantAndForItsDefaults) {
  const std::string credential = "&client_secret=conform-mock-secret";
  EXPECT_EQ(Told(Token(fmt::format("grant_type=client_credentials&client_id={}{}&scope={}",
                                   kEntraConfidentialClient, credential, kSampleScope))),
            "400 invalid_scope 1002012");
  tenant_ = "organizations";
  EXPECT_EQ(Told(Token(Application(credential))), "400 invalid_request 50059");
  tenant_ = "nobody.example";
  EXPECT_EQ(Told(Token(Application(credential))), "400 invalid_request 90002");
}

}  // namespace
}  // namespace conform
