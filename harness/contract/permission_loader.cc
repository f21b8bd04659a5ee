#include "contract/permission_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/permission.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kPermissionSpelling = {
    IsScope, "a permission", "write its name as the page does, e.g. Device.Read.All"};

/// A name, or a list of those that must be held together.
std::string LoadPermission(const YamlContext& context, const YamlEntry& entry,
                           const YamlNode& item) {
  if (item.kind != YamlNode::Kind::kSequence) {
    return ReadSpelled(context, entry.key, item, item.span, kPermissionSpelling);
  }
  std::vector<std::string> names;
  for (const YamlNode& each : item.items) {
    names.push_back(ReadSpelled(context, entry.key, each, each.span, kPermissionSpelling));
    if (names.back().empty()) return "";
    if (std::count(names.begin(), names.end(), names.back()) > 1) {
      context.Complain(each.span, fmt::format("'{}' is listed twice", names.back()));
    }
  }
  if (names.size() < 2) {
    context.Complain(item.span, "a list in the list names permissions that must be held together",
                     "name two or more, or write the one without its own brackets");
  }
  return JoinPermissions(names);
}

/// The names in one order, so that the same ones are known again.
std::string SortedNames(const std::string& permission) {
  std::vector<std::string> names = PermissionNames(permission);
  std::sort(names.begin(), names.end());
  return JoinPermissions(names);
}

PermissionRule LoadRule(const YamlContext& context, const YamlEntry& entry) {
  const YamlNode& value = entry.value;
  if (value.kind == YamlNode::Kind::kScalar && value.scalar == "unsupported") return {};
  PermissionRule rule;
  rule.supported = true;
  if (value.kind == YamlNode::Kind::kScalar) {
    rule.permissions.push_back(
        ReadSpelled(context, entry.key, value, value.span, kPermissionSpelling));
    return rule;
  }
  if (value.items.empty()) {
    context.Complain(BlameSpan(entry), fmt::format("{} names no permission", entry.key),
                     "write a list of permissions, or `unsupported`");
    return rule;
  }
  std::set<std::string> seen;
  for (const YamlNode& item : value.items) {
    rule.permissions.push_back(LoadPermission(context, entry, item));
    const std::string& permission = rule.permissions.back();
    if (!permission.empty() && !seen.insert(SortedNames(permission)).second) {
      context.Complain(item.span, fmt::format("'{}' is listed twice", ShowPermission(permission)));
    }
  }
  return rule;
}

}  // namespace

std::map<IdentityKind, PermissionRule> LoadPermissions(const YamlContext& context,
                                                       const YamlEntry& entry, FactList& facts) {
  std::map<IdentityKind, PermissionRule> rules;
  MapReader reader(context, entry.value, "permissions", BlameSpan(entry));
  if (!reader.valid()) return rules;
  for (const IdentityKind kind : kIdentityKinds) {
    if (!IsAccount(kind)) continue;
    const YamlEntry* row = reader.Find(NameOf(kind));
    if (row == nullptr) continue;
    facts.Add(fmt::format("permissions.{}", row->key), row->key_span);
    rules[kind] = LoadRule(context, *row);
  }
  if (entry.value.entries.empty()) {
    context.Complain(BlameSpan(entry), "permissions is empty",
                     "give a row to delegated_work, delegated_personal and application, or leave "
                     "the key out");
  }
  reader.Finish();
  return rules;
}

}  // namespace conform
