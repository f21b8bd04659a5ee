// `scope` of a request to the mock of Entra: which permissions on which resource.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "contract/contract.h"
#include "mock/entra_error.h"

namespace conform {

/// `scope` of a request, read. Bare names are Graph's.
struct EntraScopes {
  std::string resource;                  ///< e.g. `https://graph.microsoft.com`.
  std::vector<std::string> permissions;  ///< without the resource; `.default` spelled out.
  std::string granted;                   ///< as the answer's `scope` says it.
  bool is_default = false;
  bool offline = false;
  bool identity = false;
};

/// Every permission that a contract names, and two that every tenant has.
using EntraPermissions = std::set<std::string, std::less<>>;
EntraPermissions PermissionsOf(const std::vector<const Contract*>& contracts);

tl::expected<EntraScopes, EntraRefusal> ReadEntraScopes(std::string_view scope,
                                                        const EntraPermissions& known);

}  // namespace conform
