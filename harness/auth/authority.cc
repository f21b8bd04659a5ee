#include "auth/authority.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "auth/setting_text.h"
#include "auth/sign_in_error.h"
#include "base/percent.h"

namespace conform {
namespace {

constexpr std::string_view kOpenIdPath = "/.well-known/openid-configuration";
constexpr std::string_view kOAuthPath = "/.well-known/oauth-authorization-server";

/// Behind the issuer's path, as OpenID Connect has it; before it, as RFC 8414 has it.
std::vector<HttpAddress> DocumentsOf(const HttpAddress& issuer) {
  std::string path = issuer.target;
  if (path.ends_with('/')) path.pop_back();
  return {{issuer.origin, path + std::string(kOpenIdPath)},
          {issuer.origin, std::string(kOAuthPath) + path}};
}

Expected<std::string> EndpointIn(const nlohmann::json& document, const char* name) {
  const auto member = document.find(name);
  if (member == document.end()) return "";
  if (!member->is_string()) return Fail(fmt::format("its {} is no text", name));
  auto address = member->get<std::string>();
  if (!ParseHttpAddress(address)) return Fail(fmt::format("its {} is no https address", name));
  return address;
}

/// RFC 8414 §2: a server that does not say how its clients sign in takes client_secret_basic.
bool TakesSecretInForm(const nlohmann::json& document) {
  const auto methods = document.find("token_endpoint_auth_methods_supported");
  return methods != document.end() && methods->is_array() &&
         std::find(methods->begin(), methods->end(), "client_secret_post") != methods->end();
}

Expected<SignInEndpoints> ReadDocument(const nlohmann::json& document, const std::string& issuer) {
  const auto named = document.find("issuer");
  if (named == document.end() || *named != issuer) {
    return Fail(
        "it names another issuer: write the issuer in the profile exactly as the server does");
  }
  auto token = EndpointIn(document, "token_endpoint");
  if (!token) return tl::unexpected(token.error());
  if (token->empty()) return Fail("it names no token_endpoint");
  auto device = EndpointIn(document, "device_authorization_endpoint");
  if (!device) return tl::unexpected(device.error());
  return SignInEndpoints{*std::move(token), *std::move(device), TakesSecretInForm(document)};
}

}  // namespace

std::optional<std::string> NameOfAuthority(const AuthoritySource& source,
                                           const Environment& environment) {
  if (!source.issuer.empty()) return source.issuer;
  const auto tenant = ValueOf(source.tenant, environment);
  if (!tenant) return std::nullopt;
  return fmt::format("{}/{}", source.origin, EncodePercent(*tenant, kUnreservedMarks));
}

Expected<SignInEndpoints> Authority::Discover() {
  const auto issuer = ParseHttpAddress(source_.issuer);
  if (!issuer) return Fail("no token: the issuer is " + issuer.error().message);
  int status = 0;
  for (const HttpAddress& document : DocumentsOf(*issuer)) {
    const auto answer = sign_in_.Send({.address = document, .method = "GET"});
    if (!answer) return tl::unexpected(answer.error());
    status = answer->status;
    if (status != 200 || !answer->body.is_object()) continue;
    auto read = ReadDocument(answer->body, source_.issuer);
    if (read) return read;
    return Fail(fmt::format("no token: of what {} tells of itself: {}", answer->from,
                            read.error().message));
  }
  return Fail(
      fmt::format("no token: {} does not tell its endpoints, it answered {}: check the "
                  "issuer in the profile",
                  FormatOrigin(issuer->origin), status));
}

Expected<std::optional<SignInEndpoints>> Authority::Find() {
  if (is_entra()) {
    const std::optional<std::string> name = Name();
    if (!name) return std::nullopt;
    return SignInEndpoints{*name + "/oauth2/v2.0/token", *name + "/oauth2/v2.0/devicecode"};
  }
  const std::lock_guard lock(mutex_);
  if (!discovered_) {
    auto found = Discover();
    if (!found) return tl::unexpected(found.error());
    discovered_ = *std::move(found);
  }
  return discovered_;
}

}  // namespace conform
