#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/permission.h"
#include "contract/fact_difference.h"

namespace conform {
namespace {

using Texts = std::vector<std::string>;

/// What must be held together joined by `and`.
std::string Shown(Texts permissions) {
  for (std::string& each : permissions) each = ShowPermission(each);
  return fmt::format("{}", fmt::join(permissions, ", "));
}

std::string TextOf(const PermissionRule& rule) {
  return rule.supported ? Shown(rule.permissions) : "unsupported";
}

/// Of `permissions` those with which none of `accepted` is held.
Texts NotSufficing(const Texts& permissions, const Texts& accepted) {
  Texts left;
  for (const std::string& permission : permissions) {
    const Texts held = PermissionNames(permission);
    const auto suffices = [&](const std::string& each) { return HoldsPermission(held, each); };
    if (std::none_of(accepted.begin(), accepted.end(), suffices)) left.push_back(permission);
  }
  return left;
}

std::string_view CallerOf(IdentityKind kind) {
  switch (kind) {
    case IdentityKind::kDelegatedPersonal:
      return "personal accounts";
    case IdentityKind::kApplication:
      return "applications on their own";
    default:
      return "work or school accounts";
  }
}

void ComparePermission(const PermissionRule& was, const PermissionRule& is, IdentityKind kind,
                       ChangeList& changes) {
  const std::string about = fmt::format("permissions.{}", NameOf(kind));
  const auto add = [&](ChangeKind change, std::string says) {
    changes.Add(change, about, std::move(says), TextOf(was), TextOf(is));
  };
  if (was.supported != is.supported) {
    return add(is.supported ? ChangeKind::kWidening : ChangeKind::kBreaking,
               fmt::format("{} {} now", CallerOf(kind), is.supported ? "may call" : "cannot call"));
  }
  const Texts gone = NotSufficing(was.permissions, is.permissions);
  const Texts fresh = NotSufficing(is.permissions, was.permissions);
  if (!gone.empty()) {
    add(ChangeKind::kBreaking,
        fmt::format("for {} {} suffices no longer", CallerOf(kind), Shown(gone)));
  }
  if (!fresh.empty()) {
    add(ChangeKind::kWidening, fmt::format("for {} {} suffices too", CallerOf(kind), Shown(fresh)));
  }
  if (gone.empty() && fresh.empty() && TextOf(was) != TextOf(is)) {
    add(ChangeKind::kEditorial, "another one is told to be the least privileged");
  }
}

}  // namespace

void ComparePermissions(const Contract& before, const Contract& now, ChangeList& changes) {
  for (const IdentityKind kind : kIdentityKinds) {
    const auto was = before.permissions.find(kind);
    const auto is = now.permissions.find(kind);
    const bool had = was != before.permissions.end();
    const bool has = is != now.permissions.end();
    if (had && has) ComparePermission(was->second, is->second, kind, changes);
    if (had == has) continue;
    changes.Add(ChangeKind::kUnclassified, fmt::format("permissions.{}", NameOf(kind)),
                has ? fmt::format("what {} need is told now", CallerOf(kind))
                    : fmt::format("what {} need is told no longer", CallerOf(kind)),
                had ? TextOf(was->second) : "", has ? TextOf(is->second) : "");
  }
}

}  // namespace conform
