#include "mock/entra_scopes.h"

#include <algorithm>
#include <utility>

#include "base/permission.h"
#include "token/known_audience.h"

namespace conform {
namespace {

// `https://graph.microsoft.com/User.Read` in two; a bare name is Graph's.
std::pair<std::string_view, std::string_view> SplitScope(std::string_view scope) {
  const std::size_t slash = scope.rfind('/');
  if (slash == std::string_view::npos) return {kGraphAudience, scope};
  std::string_view resource = scope.substr(0, slash);
  // A resource may itself end with a slash: `https://management.azure.com//.default`.
  if (resource.ends_with('/')) resource.remove_suffix(1);
  return {resource, scope.substr(slash + 1)};
}

bool IsOpenIdScope(std::string_view scope) {
  return scope == "openid" || scope == "profile" || scope == "email";
}

tl::expected<void, EntraRefusal> AddScope(std::string_view scope, const EntraPermissions& known,
                                          EntraScopes& scopes) {
  const auto [resource, name] = SplitScope(scope);
  // Those of national clouds give tokens that this mock of Graph does not take.
  if (!IsKnownAudience(resource)) {
    return EntraRefused(EntraRefusal(Aadsts::kResourceUnknown, std::string(resource)));
  }
  if (!scopes.resource.empty() && scopes.resource != resource) {
    return EntraRefused(EntraRefusal(Aadsts::kMultipleResources));
  }
  scopes.resource = resource;
  if (name == ".default") {
    scopes.is_default = true;
    scopes.permissions.assign(known.begin(), known.end());
    return {};
  }
  if (!known.contains(name)) {
    return EntraRefused(EntraRefusal(Aadsts::kUnknownPermission, std::string(name)));
  }
  if (!scopes.is_default) scopes.permissions.emplace_back(name);
  return {};
}

}  // namespace

EntraPermissions PermissionsOf(const std::vector<const Contract*>& contracts) {
  EntraPermissions known = {"User.Read", "Calendars.Read"};
  for (const Contract* const contract : contracts) {
    for (const auto& [kind, rule] : contract->permissions) {
      for (const std::string& permission : rule.permissions) {
        for (std::string& name : PermissionNames(permission)) known.insert(std::move(name));
      }
    }
  }
  return known;
}

tl::expected<EntraScopes, EntraRefusal> ReadEntraScopes(std::string_view scope,
                                                        const EntraPermissions& known) {
  EntraScopes scopes;
  const std::string asked(scope);
  while (!scope.empty()) {
    const std::size_t end = std::min(scope.find(' '), scope.size());
    const std::string_view word = scope.substr(0, end);
    scope.remove_prefix(std::min(end + 1, scope.size()));
    if (word.empty()) continue;
    if (word == "offline_access") {
      // Entra's answer leaves it out: the refresh token tells it.
      scopes.offline = true;
      continue;
    }
    if (IsOpenIdScope(word)) {
      scopes.identity = true;
    } else if (const auto added = AddScope(word, known, scopes); !added) {
      return tl::unexpected(added.error());
    }
    scopes.granted.append(scopes.granted.empty() ? "" : " ").append(word);
  }
  if (scopes.resource.empty() && !scopes.identity) {
    return EntraRefused(EntraRefusal(Aadsts::kInvalidScope, asked));
  }
  if (scopes.resource.empty()) scopes.resource = kGraphAudience;
  return scopes;
}

}  // namespace conform
