#include "run/run_secrets.h"

#include <string>

#include "auth/setting_text.h"
#include "base/digest.h"
#include "base/percent.h"
#include "run/har_secrets.h"
#include "run/people.h"
#include "run/token_origin.h"

namespace conform {
namespace {

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
  for (const IdentityKind kind : kIdentityKinds) {
    if (kind == IdentityKind::kNone) continue;
    redactor.AddSecret(TokenAtHand(profile, kind, environment), "token");
  }
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
  if (attempt.response) {
    const Response& response = *attempt.response;
    LearnMessage(response.fields, response.decoded_body, redactor);
    for (const InterimResponse& interim : response.interim) {
      LearnMessage(interim.fields, "", redactor);
    }
  }
  // Last: what is a secret as well is one.
  if (tenant) LearnPeople(attempt, redactor);
}

}  // namespace conform
