#include "mock/entra_tokens.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/json_text.h"
#include "base/permission.h"
#include "token/jwt.h"
#include "token/test_key.h"
#include "token/test_token.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using std::chrono::seconds;

// Entra dates its tokens back so that clocks may differ a little.
constexpr std::chrono::minutes kTokenBackdated{5};

std::int64_t SecondsOf(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<seconds>(time.time_since_epoch()).count();
}

std::string SignClaims(const Json& claims) {
  Expected<std::string> token = SignJwt({{"kid", kTestKeyId}}, claims, TestKey());
  return token ? *std::move(token) : std::string(kMalformedToken);
}

std::string ObjectIdOf(const EntraGrant& grant) {
  if (grant.person == nullptr) {
    return NamedUuid(fmt::format("service principal {} {}", grant.client, grant.tenant));
  }
  return NamedUuid(fmt::format("user {} {}", grant.person->user_name, grant.tenant));
}

Json TimedClaims(std::chrono::system_clock::time_point now, seconds lifetime) {
  return {{"iat", SecondsOf(now - kTokenBackdated)},
          {"nbf", SecondsOf(now - kTokenBackdated)},
          {"exp", SecondsOf(now + lifetime)},
          {"uti", Base64Url(Sha256(RandomUuid()).substr(0, 16))}};
}

Json AccessClaims(const EntraGrant& grant, const EntraIds& ids, seconds lifetime) {
  const EntraApplication* const application = FindEntraApplication(grant.client);
  const std::string oid = ObjectIdOf(grant);
  Json claims = TimedClaims(ids.now, lifetime);
  claims["aud"] = grant.scopes.resource;
  claims["iss"] = fmt::format("https://sts.windows.net/{}/", grant.tenant);
  claims["appid"] = grant.client;
  claims["app_displayname"] = application == nullptr ? "" : application->name;
  claims["oid"] = oid;
  claims["tid"] = grant.tenant;
  claims["ver"] = "1.0";
  return claims;
}

std::string IdToken(const EntraGrant& grant, const EntraRequest& request, seconds lifetime) {
  Json claims = TimedClaims(request.ids.now, lifetime);
  claims["aud"] = grant.client;
  claims["iss"] = fmt::format("{}/{}/v2.0", request.origin, grant.tenant);
  claims["name"] = grant.person->name;
  claims["oid"] = ObjectIdOf(grant);
  claims["preferred_username"] = grant.person->user_name;
  claims["sub"] = NamedUuid(fmt::format("{} {}", grant.client, ObjectIdOf(grant)));
  claims["tid"] = grant.tenant;
  claims["ver"] = "2.0";
  return SignClaims(claims);
}

nlohmann::ordered_json TokenFields(const Json& claims, seconds lifetime) {
  return {{"token_type", "Bearer"},
          {"expires_in", lifetime.count()},
          {"ext_expires_in", lifetime.count()},
          {"access_token", SignClaims(claims)}};
}

}  // namespace

nlohmann::ordered_json RenderEntraTokens(const EntraGrant& grant, const EntraRequest& request,
                                         seconds lifetime) {
  Json claims = AccessClaims(grant, request.ids, lifetime);
  claims["idtyp"] = "user";
  claims["scp"] = JoinPermissions(grant.scopes.permissions);
  claims["upn"] = grant.person->user_name;
  claims["name"] = grant.person->name;
  nlohmann::ordered_json answer = TokenFields(claims, lifetime);
  answer["scope"] = grant.scopes.granted;
  if (grant.scopes.identity) answer["id_token"] = IdToken(grant, request, lifetime);
  if (request.form.Get("client_info") == "1") {
    const Json account = {{"uid", ObjectIdOf(grant)}, {"utid", grant.tenant}};
    answer["client_info"] = Base64Url(WriteJsonText(account));
  }
  return answer;
}

nlohmann::ordered_json RenderApplicationToken(const EntraGrant& grant, const EntraRequest& request,
                                              seconds lifetime) {
  Json claims = AccessClaims(grant, request.ids, lifetime);
  claims["idtyp"] = "app";
  // An application that was granted nothing gets a token all the same.
  if (!grant.scopes.permissions.empty()) claims["roles"] = grant.scopes.permissions;
  return TokenFields(claims, lifetime);
}

}  // namespace conform
