#include "base/permission.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {

std::vector<std::string> PermissionNames(std::string_view scope) {
  std::vector<std::string> names;
  while (!scope.empty()) {
    const std::string_view name = scope.substr(0, scope.find(' '));
    scope.remove_prefix(std::min(name.size() + 1, scope.size()));
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
      names.emplace_back(name);
    }
  }
  return names;
}

std::string JoinPermissions(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, " "));
}

bool HoldsPermission(const std::vector<std::string>& held, std::string_view scope) {
  const std::vector<std::string> names = PermissionNames(scope);
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(held.begin(), held.end(), name) != held.end();
  });
}

std::string ShowPermission(std::string_view scope) {
  return fmt::format("{}", fmt::join(PermissionNames(scope), " and "));
}

}  // namespace conform
