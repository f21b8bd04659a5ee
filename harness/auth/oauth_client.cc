#include "auth/oauth_client.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

/// Of OpenID Connect, not of the audience's.
bool BelongsToNoService(const std::string& scope) {
  return scope == "openid" || scope == "profile" || scope == "email" || scope == "offline_access";
}

/// Entra's scopes stand behind the address of the service that they are of.
std::string ScopeOf(const ClientSettings& client, const SignInSettings& settings, Grant grant) {
  const bool entra = settings.token_endpoint.empty();
  std::vector<std::string> scopes = client.scopes;
  if (scopes.empty() && entra) scopes = {".default"};
  for (std::string& scope : scopes) {
    const bool whole = scope.find("://") != std::string::npos || BelongsToNoService(scope);
    if (entra && !whole) scope = fmt::format("{}/{}", settings.audience, scope);
  }
  const bool stays = std::find(scopes.begin(), scopes.end(), "offline_access") != scopes.end();
  if (grant == Grant::kPerson && !stays) scopes.emplace_back("offline_access");
  return fmt::format("{}", fmt::join(scopes, " "));
}

}  // namespace

std::optional<std::string> SetValue(const VariableLookup& variables, std::string_view name) {
  if (!variables) return std::nullopt;
  auto value = variables(name);
  return value && !value->empty() ? value : std::nullopt;
}

Expected<std::optional<OAuthClient>> ResolveClient(const ClientSettings& client,
                                                   const SignInSettings& settings, Grant grant,
                                                   std::string* unset) {
  const VariableLookup& variables = settings.connection.variables;
  OAuthClient resolved;
  resolved.client_id = client.client_id;
  resolved.token_address = settings.token_endpoint;
  std::string device_address = settings.device_endpoint;
  std::string tenant = client.tenant.empty() ? settings.tenant : client.tenant;
  const auto read = [&](std::string& value, const std::string& variable) {
    if (!value.empty() || variable.empty()) return true;
    value = SetValue(variables, variable).value_or("");
    if (value.empty() && unset != nullptr) *unset = variable;
    return !value.empty();
  };
  const bool entra = settings.token_endpoint.empty();
  if (!read(resolved.client_id, client.client_id_variable) ||
      (entra && !read(tenant, settings.tenant_variable))) {
    return std::nullopt;
  }
  if (entra) {
    if (settings.authority.empty() || tenant.empty()) {
      return Fail("no token: the profile's sign_in names no authority and tenant");
    }
    const std::string base =
        fmt::format("{}/{}/oauth2/v2.0/", settings.authority, PercentEncode(tenant));
    resolved.token_address = base + "token";
    device_address = base + "devicecode";
  }
  auto token_endpoint = ParseHttpAddress(resolved.token_address);
  if (!token_endpoint) return tl::unexpected(token_endpoint.error());
  resolved.token_endpoint = *std::move(token_endpoint);
  if (!device_address.empty()) {
    auto device_endpoint = ParseHttpAddress(device_address);
    if (!device_endpoint) return tl::unexpected(device_endpoint.error());
    resolved.device_endpoint = *std::move(device_endpoint);
  }
  resolved.scope = ScopeOf(client, settings, grant);
  resolved.resource = client.resource;
  return resolved;
}

}  // namespace conform
