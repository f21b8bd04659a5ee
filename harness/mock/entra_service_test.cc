#include "mock/entra_service.h"

#include "mock/sample_entra.h"

namespace conform {
namespace {

using Json = nlohmann::json;

class EntraServiceTest : public EntraTest {};

TEST_F(EntraServiceTest, ItsPathsAreToldFromGraphs) {
  EXPECT_TRUE(EntraService::Owns("/common/oauth2/v2.0/token"));
  EXPECT_TRUE(EntraService::Owns("/common/discovery/instance"));
  EXPECT_TRUE(EntraService::Owns("/.conform/entra/clock"));
  for (const char* const path : {"/beta/things/sync", "/.conform/requests", "//oauth2/v2.0/token",
                                 "/oauth2/v2.0/token", "/", "", "*"}) {
    EXPECT_FALSE(EntraService::Owns(path)) << path;
  }
}

TEST_F(EntraServiceTest, ConfigurationNamesItsEndpointsAsTheClientReachedThem) {
  const Answer answer =
      entra_.Serve(Request("GET", "/conform.example/v2.0/.well-known/openid-configuration"));
  const Json told = Json::parse(answer.body);
  EXPECT_EQ(told["issuer"], "https://localhost:8443/3f1c2b7a-5d84-4e0b-9c66-0a7d1b2e9f40/v2.0");
  EXPECT_EQ(told["token_endpoint"], "https://localhost:8443/conform.example/oauth2/v2.0/token");
  EXPECT_EQ(told["device_authorization_endpoint"],
            "https://localhost:8443/conform.example/oauth2/v2.0/devicecode");
  EXPECT_EQ(told["jwks_uri"], "https://localhost:8443/conform.example/discovery/v2.0/keys");
}

TEST_F(EntraServiceTest, InstanceDiscoveryNamesThisHostAlone) {
  const Answer answer = entra_.Serve(
      Request("GET", "/common/discovery/instance?api-version=1.1&authorization_endpoint=x"));
  EXPECT_EQ(
      answer.body,
      R"({"tenant_discovery_endpoint":"https://localhost:8443/common/v2.0/.well-known/)"
      R"(openid-configuration","api-version":"1.1","metadata":[{"preferred_network":)"
      R"("localhost:8443","preferred_cache":"localhost:8443","aliases":["localhost:8443"]}]})");
}

TEST_F(EntraServiceTest, KeySetHoldsTheTestKeysPublicHalf) {
  const Json keys = Json::parse(entra_.Serve(Request("GET", "/common/discovery/v2.0/keys")).body);
  const Json& key = keys["keys"][0];
  EXPECT_EQ(key["kid"], kTestKeyId);
  EXPECT_EQ(key["e"], "AQAB");
  EXPECT_EQ(key["n"].get<std::string>().size(), 342u);
  EXPECT_FALSE(key.contains("d"));
}

TEST_F(EntraServiceTest, WrongMethodsAreToldTheRightOnes) {
  const Answer token = entra_.Serve(Request("GET", "/common/oauth2/v2.0/token"));
  EXPECT_EQ(token.status, 405);
  EXPECT_EQ(FindField(token.fields, "Allow")->value, "POST");
  const Answer keys = entra_.Serve(Request("POST", "/common/discovery/v2.0/keys"));
  EXPECT_EQ(FindField(keys.fields, "Allow")->value, "GET");
}

TEST_F(EntraServiceTest, APersonApprovesOnThePage) {
  const Json codes = Begin();
  const std::string code = codes["user_code"].get<std::string>();
  const Answer page = entra_.Serve(Request("GET", "/common/oauth2/deviceauth?user_code=" + code));
  EXPECT_NE(page.body.find(fmt::format("name=\"user_code\" value=\"{}\"", code)),
            std::string::npos);
  const Answer done = entra_.Serve(
      Request("POST", "/common/oauth2/deviceauth",
              fmt::format("user_code={}&as=alice%40conform.example&do=approve", code)));
  EXPECT_EQ(done.status, 200);
  EXPECT_EQ(Told(Token(Poll(codes))), "200");
  EXPECT_EQ(
      entra_
          .Serve(Request("POST", "/common/oauth2/deviceauth", "user_code=" + code + "&do=decline"))
          .status,
      400);
}

TEST_F(EntraServiceTest, ThePageRepeatsNothingThatIsNoUserCode) {
  const Answer page =
      entra_.Serve(Request("GET", "/common/oauth2/deviceauth?user_code=%22%3E%3Cscript%3E"));
  EXPECT_NE(page.body.find("name=\"user_code\" value=\"\"></label>"), std::string::npos);
}

TEST_F(EntraServiceTest, ErrorsAreEntrasJson) {
  const Json error = Token("grant_type=device_code");
  EXPECT_EQ(Told(error), "400 invalid_request 900144");
  const std::string trace = error["trace_id"].get<std::string>();
  EXPECT_EQ(error.dump(),
            Json({{"error", "invalid_request"},
                  {"error_description",
                   "AADSTS900144: The request body must contain the following parameter: "
                   "'client_id'. Trace ID: " +
                       trace + " Correlation ID: 6f1c Timestamp: 2027-01-15 08:00:00Z"},
                  {"error_codes", {900144}},
                  {"timestamp", "2027-01-15 08:00:00Z"},
                  {"trace_id", trace},
                  {"correlation_id", "6f1c"},
                  {"error_uri", "https://login.microsoftonline.com/error?code=900144"}})
                .dump());
  EXPECT_EQ(FindField(last_.fields, "x-ms-request-id")->value, trace);
  EXPECT_EQ(FindField(last_.fields, "client-request-id")->value, "6f1c");
}

TEST_F(EntraServiceTest, FaultsComeAsOftenAsTheyWerePlanted) {
  const std::string form = Application("&client_secret=conform-mock-secret");
  EXPECT_EQ(Control("faults", R"({"fault": "throttled", "retry_after": "7"})"), 204);
  EXPECT_EQ(Control("faults", R"({"fault": "unavailable"})"), 204);
  EXPECT_EQ(Control("faults", R"({"fault": "malformed_json"})"), 204);
  EXPECT_EQ(Control("faults", R"({"fault": "html"})"), 204);
  EXPECT_EQ(Control("faults", R"({"fault": "slow_down", "times": 2})"), 204);
  EXPECT_EQ(Told(Token(form)), "429 temporarily_unavailable 90055");
  EXPECT_EQ(FindField(last_.fields, "Retry-After")->value, "7");
  EXPECT_EQ(Told(Token(form)), "503 temporarily_unavailable 90033");
  EXPECT_EQ(FindField(last_.fields, "Retry-After"), nullptr);
  EXPECT_TRUE(Token(form).is_discarded());
  EXPECT_EQ(last_.status, 200);
  EXPECT_TRUE(Token(form).is_discarded());
  EXPECT_EQ(FindField(last_.fields, "Content-Type")->value, "text/html; charset=us-ascii");
  EXPECT_EQ(Told(Begin()), "200");
  EXPECT_EQ(Told(Token(form)), "400 slow_down 0");
  EXPECT_EQ(Told(Token(form)), "400 slow_down 0");
  EXPECT_EQ(Told(Token(form)), "200");
}

TEST_F(EntraServiceTest, WhoTriedBasicIsToldThatItIsAskedFor) {
  MockRequest request = Request("POST", "/common/oauth2/v2.0/token", Application(""));
  const auto challenge = [&] {
    const Answer answer = entra_.Serve(request);
    EXPECT_EQ(answer.status, 401);
    const Field* field = FindField(answer.fields, "WWW-Authenticate");
    return field == nullptr ? "" : field->value;
  };
  EXPECT_EQ(challenge(), "");
  const std::string pair = std::string(kEntraConfidentialClient) + ":wrong";
  request.fields.push_back({"Authorization", "basic " + Base64Url(pair)});
  EXPECT_EQ(challenge(), R"(Basic realm="token endpoint")");
}

TEST_F(EntraServiceTest, ClocksGoNoFartherThanTimePointsDo) {
  const std::string ten_years = R"({"advance_ms": 316224000000})";
  for (int i = 0; i < 9; ++i) EXPECT_EQ(Control("clock", ten_years), 204);
  EXPECT_EQ(Control("clock", ten_years), 400);
  EXPECT_EQ(Told(SignIn()), "200");
}

TEST_F(EntraServiceTest, TimesAreTheTestsOwn) {
  EXPECT_EQ(Control("times", R"({"interval_s": 0, "device_code_s": 60, "token_s": 30})"), 204);
  EXPECT_EQ(Begin()["interval"], 0);
  EXPECT_EQ(Begin()["expires_in"], 60);
  EXPECT_EQ(SignIn()["expires_in"], 30);
}

TEST_F(EntraServiceTest, CountsWhatCame) {
  Token(Renewal(SignIn()));
  Token(Application(""));
  EXPECT_EQ(entra_.Serve(Request("GET", "/.conform/entra/requests")).body,
            R"({"client_credentials":1,"device_code":1,"devicecode":1,"refresh_token":1})");
}

TEST_F(EntraServiceTest, RefusesControlRequestsThatItDoesNotKnow) {
  const std::pair<const char*, const char*> rows[] = {
      {"faults", R"({"fault": "fire"})"},
      {"faults", R"({"fault": "throttled", "retry_after": "1\r\nX: y"})"},
      {"faults", R"({"fault": "throttled", "times": -1})"},
      {"times", R"({"token_s": "soon"})"},
      {"clock", "{}"},
      {"clock", "[]"},
      {"assertions", R"({"once": 1})"},
      {"device/AAAAAAAAA", R"({"do": "decline"})"},
      {"device/AAAAAAAAA", R"({"do": "approve", "as": "nobody"})"},
      {"certificates/c0f0a001-0000-4000-8000-000000000002", "no certificate"},
      {"certificates/c0f0a001-0000-4000-8000-000000000001", "of a public client"},
  };
  for (const auto& [path, content] : rows) EXPECT_EQ(Control(path, content), 400) << content;
  EXPECT_EQ(Control("device/", "{}"), 404);
  EXPECT_EQ(Control("fault", "{}"), 404);
  EXPECT_EQ(Control("requests", "{}"), 405);
  EXPECT_EQ(entra_.Serve(Request("GET", "/.conform/entra/clock")).status, 405);
}

}  // namespace
}  // namespace conform
