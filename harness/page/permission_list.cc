#include "page/permission_list.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/permission.h"
#include "page/page_words.h"
#include "page/plain_text.h"

namespace conform {
namespace {

struct NamedPermission {
  std::string name;
  std::string before;  ///< what stands between the one before and this.
};

/// `Mail.Send`, `User.Read.All`; without a dot only the few that OpenID Connect has.
std::vector<NamedPermission> FindNames(const std::string& plain) {
  static const RE2 kName(
      R"(([A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+|\b(?:email|openid|profile|offline_access)\b))");
  std::vector<NamedPermission> found;
  re2::StringPiece rest(plain);
  std::string name;
  std::string before;
  while (true) {
    const char* const from = rest.data();
    if (!RE2::FindAndConsume(&rest, kName, &name)) return found;
    before.append(from, static_cast<std::size_t>(rest.data() - from) - name.size());
    const std::string lower = ToLower(name);
    if (lower.ends_with(".md") || lower.ends_with(".com") || lower.ends_with(".net")) continue;
    found.push_back({name, CollapseSpace(before)});
    before.clear();
  }
}

/// Machine translation puts spaces into names: `Policy. ReadWrite. ConditionalAccess`.
void CloseNames(std::string& text) {
  static const RE2 kBefore(R"(([A-Za-z])\. +((?:Read|Write|Manage)[A-Za-z]*|All|Create|Send)\b)");
  static const RE2 kBehind(R"((\.(?:Read|Write|Manage)[A-Za-z]*)\. +([A-Z][A-Za-z]+))");
  RE2::GlobalReplace(&text, kBefore, R"(\1.\2)");
  RE2::GlobalReplace(&text, kBehind, R"(\1.\2)");
}

/// The names that one permission needs.
struct PermissionGroup {
  std::vector<std::string> names;
  bool after_comma = false;
};

std::vector<PermissionGroup> GroupNames(const std::vector<NamedPermission>& names) {
  std::vector<PermissionGroup> groups;
  for (const NamedPermission& each : names) {
    if (!groups.empty() && IsWord(each.before, Word::kTogether)) {
      groups.back().names.push_back(each.name);
    } else {
      groups.push_back({{each.name}, each.before == "," || each.before == "、"});
    }
  }
  return groups;
}

/// "A, B and C", with one "and" before the last of single names.
bool IsUnsureList(const std::vector<PermissionGroup>& groups) {
  if (groups.size() < 2 || groups.back().names.size() != 2) return false;
  const bool commas = std::all_of(groups.begin() + 1, groups.end(),
                                  [](const PermissionGroup& group) { return group.after_comma; });
  return commas && std::all_of(groups.begin(), groups.end() - 1, [](const PermissionGroup& group) {
           return group.names.size() == 1;
         });
}

}  // namespace

PermissionList ReadPermissionList(std::string_view text) {
  // A link's address is none of its text.
  std::string plain = WithoutMarks(text);
  CloseNames(plain);
  std::vector<PermissionGroup> groups = GroupNames(FindNames(plain));
  PermissionList list;
  list.unsure = IsUnsureList(groups);
  if (list.unsure) {
    for (std::size_t i = 1; i < groups.size(); ++i) {
      auto& names = groups.front().names;
      names.insert(names.end(), groups[i].names.begin(), groups[i].names.end());
    }
    groups.resize(1);
  }
  for (const PermissionGroup& group : groups) {
    const std::string permission = JoinPermissions(PermissionNames(JoinPermissions(group.names)));
    if (std::find(list.permissions.begin(), list.permissions.end(), permission) ==
        list.permissions.end()) {
      list.permissions.push_back(permission);
    }
  }
  return list;
}

}  // namespace conform
