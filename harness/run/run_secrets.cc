#include "run/run_secrets.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "auth/setting_text.h"
#include "base/ascii.h"
#include "base/digest.h"
#include "base/json_depth.h"
#include "base/percent.h"
#include "run/har_secrets.h"
#include "token/jwt.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepestBody = 100;

/// A claim or member that tells who somebody is, and what its mask calls it.
struct PrivateName {
  std::string_view name;
  std::string_view kind;
};

/// Microsoft's access token claims reference. A tenant's and an application's ids name nobody.
constexpr std::array<PrivateName, 10> kPrivateClaims = {{{"upn", "upn"},
                                                         {"preferred_username", "upn"},
                                                         {"unique_name", "upn"},
                                                         {"email", "e-mail"},
                                                         {"oid", "oid"},
                                                         {"name", "name"},
                                                         {"given_name", "name"},
                                                         {"family_name", "name"},
                                                         {"ipaddr", "ip"},
                                                         {"sid", "session"}}};

/// Microsoft Graph's user resource, and its sign-in logs.
constexpr std::array<PrivateName, 15> kPrivateMembers = {{{"userPrincipalName", "upn"},
                                                          {"onPremisesUserPrincipalName", "upn"},
                                                          {"mail", "e-mail"},
                                                          {"email", "e-mail"},
                                                          {"emailAddress", "e-mail"},
                                                          {"otherMails", "e-mail"},
                                                          {"proxyAddresses", "e-mail"},
                                                          {"imAddresses", "e-mail"},
                                                          {"displayName", "name"},
                                                          {"userDisplayName", "name"},
                                                          {"givenName", "name"},
                                                          {"surname", "name"},
                                                          {"mobilePhone", "phone"},
                                                          {"businessPhones", "phone"},
                                                          {"ipAddress", "ip"}}};

/// A name of few letters stands in words, too, and would blind the report.
bool IsTellable(std::string_view value, std::string_view kind) {
  constexpr std::size_t kShortestName = 5;
  return kind != "name" || value.size() >= kShortestName;
}

void LearnValue(const Json& value, std::string_view kind, Redactor& redactor) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (IsTellable(text, kind)) redactor.AddPrivate(text, kind);
  } else if (value.is_array()) {
    for (const Json& each : value) LearnValue(each, kind, redactor);
  }
}

void LearnPrivateMembers(const Json& body, Redactor& redactor) {
  if (body.is_array()) {
    for (const Json& each : body) LearnPrivateMembers(each, redactor);
  }
  if (!body.is_object()) return;
  for (const auto& [name, value] : body.items()) {
    const auto* const known =
        std::find_if(kPrivateMembers.begin(), kPrivateMembers.end(),
                     [&name = name](const PrivateName& each) { return each.name == name; });
    if (known != kPrivateMembers.end()) LearnValue(value, known->kind, redactor);
    LearnPrivateMembers(value, redactor);
  }
}

void LearnPrivateBody(const std::string& body, Redactor& redactor) {
  if (JsonDepth(body) > kDeepestBody) return;
  const Json json = Json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!json.is_discarded()) LearnPrivateMembers(json, redactor);
}

/// `user:password`, and each form in which a client sends it on.
void LearnSignIn(std::string_view pair, Redactor& redactor) {
  redactor.AddSecret(pair, "sign-in");
  const std::string decoded = DecodePercent(pair);
  redactor.AddSecret(decoded, "sign-in");
  redactor.AddSecret(Base64(decoded), "sign-in");
  const std::size_t colon = decoded.find(':');
  if (colon != std::string::npos) redactor.AddSecret(decoded.substr(colon + 1), "password");
}

}  // namespace

void LearnAddress(std::string_view address, Redactor& redactor) {
  redactor.AddSecret(address, "address");
  const std::size_t host = address.find("://");
  if (host == std::string_view::npos) return;
  const std::size_t path = address.find('/', host + 3);
  // `/` alone stands everywhere.
  constexpr std::size_t kShortestPath = 8;
  if (path != std::string_view::npos && address.size() - path >= kShortestPath) {
    redactor.AddSecret(address.substr(path), "address");
  }
}

void LearnEnvironment(const Environment& environment, Redactor& redactor) {
  for (const IdentityKind kind : kIdentityKinds) {
    if (kind == IdentityKind::kNone) continue;
    redactor.AddSecret(ValueOf({"", TokenVariable(kind)}, environment).value_or(""), "token");
  }
  for (const char* const name : {"CONFORM_WEBHOOK", "CONFORM_SLACK_WEBHOOK"}) {
    LearnAddress(environment(name).value_or(""), redactor);
  }
  for (const char* const name :
       {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
    const std::string address = environment(name).value_or("");
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) continue;
    const std::size_t scheme = address.find("://");
    const std::size_t begin = scheme == std::string::npos || scheme > at ? 0 : scheme + 3;
    LearnSignIn(std::string_view(address).substr(begin, at - begin), redactor);
  }
}

void LearnArguments(const std::vector<std::string>& arguments, Redactor& redactor) {
  for (const std::string& argument : arguments) {
    if (argument.find("://") != std::string::npos) LearnQuery(argument, redactor);
  }
}

void LearnProfile(const Profile& profile, const Environment& environment, Redactor& redactor) {
  const ConnectionSettings& connection = profile.connection;
  const std::string& sign_in = connection.proxy.credentials_variable;
  const auto value = [&environment](const std::string& variable) {
    return ValueOf({"", variable}, environment).value_or("");
  };
  if (!sign_in.empty()) LearnSignIn(value(sign_in), redactor);
  for (const ClientCertificate& own : connection.tls.client_certificates) {
    if (own.password_variable.empty()) continue;
    redactor.AddSecret(value(own.password_variable), "password");
  }
}

void LearnAttempt(const Attempt& attempt, bool tenant, Redactor& redactor) {
  const Request& request = attempt.request;
  LearnMessage(request.fields, request.body, redactor);
  LearnQuery(request.target, redactor);
  if (!attempt.response) return;
  const Response& response = *attempt.response;
  LearnMessage(response.fields, response.decoded_body, redactor);
  for (const InterimResponse& interim : response.interim) {
    LearnMessage(interim.fields, "", redactor);
  }
  if (!tenant) return;
  LearnPrivateBody(request.body, redactor);
  LearnPrivateBody(response.decoded_body, redactor);
}

void LearnClaims(std::string_view token, Redactor& redactor) {
  const auto jwt = ReadJwt(token);
  if (!jwt) return;
  for (const PrivateName& each : kPrivateClaims) {
    const auto claim = jwt->claims.find(each.name);
    if (claim != jwt->claims.end()) LearnValue(*claim, each.kind, redactor);
  }
}

}  // namespace conform
