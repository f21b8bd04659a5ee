// The mock of Entra and the requests that its tests send.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "mock/entra_service.h"
#include "mock/sample_contracts.h"
#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {

inline constexpr std::string_view kSampleScope = "https://graph.microsoft.com/Things.ReadWrite.All";
inline constexpr std::string_view kSampleDefaultScope = "https://graph.microsoft.com/.default";

class EntraTest : public testing::Test {
 protected:
  using Json = nlohmann::json;

  MockRequest Request(const std::string& method, const std::string& path,
                      const std::string& body = "") {
    MockRequest request;
    request.method = method;
    ReadTarget(path, request);
    request.fields = {{"Host", "localhost:8443"}, {"client-request-id", "6f1c"}};
    request.body = body;
    return request;
  }

  /// What Entra answers to a form at the tenant's endpoint.
  Json Post(const std::string& endpoint, const std::string& form) {
    last_ = entra_.Serve(Request("POST", fmt::format("/{}{}", tenant_, endpoint), form));
    return Json::parse(last_.body, nullptr, false);
  }
  Json Token(const std::string& form) { return Post("/oauth2/v2.0/token", form); }

  int Control(const std::string& path, const std::string& body) {
    return entra_.Serve(Request("POST", std::string(kEntraControlPrefix) + path, body)).status;
  }

  Json Begin(std::string_view client = kEntraPublicClient) {
    return Post(
        "/oauth2/v2.0/devicecode",
        fmt::format("client_id={}&scope={} offline_access openid profile", client, kSampleScope));
  }
  std::string Poll(const Json& codes, std::string_view client = kEntraPublicClient) {
    return fmt::format("grant_type=device_code&client_id={}&device_code={}", client,
                       codes["device_code"].get<std::string>());
  }
  int Decide(const Json& codes, const std::string& content) {
    return Control("device/" + codes["user_code"].get<std::string>(), content);
  }
  /// The tokens of somebody who signed in.
  Json SignIn(const std::string& person = "alice@conform.example",
              std::string_view client = kEntraPublicClient) {
    const Json codes = Begin(client);
    EXPECT_EQ(Decide(codes, fmt::format(R"({{"do": "approve", "as": "{}"}})", person)), 204);
    return Token(Poll(codes, client));
  }
  std::string Renewal(const Json& tokens, const std::string& more = "") {
    return fmt::format("grant_type=refresh_token&client_id={}&refresh_token={}{}",
                       kEntraPublicClient, tokens.value("refresh_token", ""), more);
  }
  std::string Application(const std::string& credential,
                          std::string_view client = kEntraConfidentialClient) {
    return fmt::format("grant_type=client_credentials&client_id={}&scope={}{}", client,
                       kSampleDefaultScope, credential);
  }

  /// `status error code`.
  std::string Told(const Json& answer) const {
    if (!answer.contains("error")) return fmt::format("{}", last_.status);
    const auto codes = answer.value("error_codes", Json::array());
    return fmt::format("{} {} {}", last_.status, answer["error"].get<std::string>(),
                       codes.empty() ? 0 : codes[0].get<int>());
  }
  static Json ClaimsOf(const Json& answer, const char* which = "access_token") {
    const std::string token = answer.value(which, "");
    EXPECT_TRUE(VerifyJwt(token, TestKey()));
    const auto jwt = ReadJwt(token);
    return jwt ? jwt->claims : Json();
  }

  ManualClock clock_{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  const Contract action_ = SampleAction();
  EntraService entra_{{&action_}, clock_, "https"};
  std::string tenant_ = std::string(kEntraTenant);
  Answer last_;
};

}  // namespace conform
