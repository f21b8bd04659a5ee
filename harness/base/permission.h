// A permission as contracts, cases and tokens name it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conform {

// One permission suffices, or several do that must be held together. Both are kept as one text, a
// scope of RFC 6749 §3.3: `Mail.Send`, `Mail.Read Mail.Send`, with one space between.

/// The names in a scope, in its order; none twice.
std::vector<std::string> PermissionNames(std::string_view scope);
/// The names as one scope.
std::string JoinPermissions(const std::vector<std::string>& names);
/// Whether each name of `scope` is among `held`, which are single names.
bool HoldsPermission(const std::vector<std::string>& held, std::string_view scope);
/// `Mail.Read and Mail.Send`.
std::string ShowPermission(std::string_view scope);

}  // namespace conform
