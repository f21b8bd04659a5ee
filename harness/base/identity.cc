#include "base/identity.h"

#include <cstddef>

namespace conform {
namespace {

constexpr std::array<std::string_view, kIdentityKinds.size()> kNames = {
    "delegated_work", "delegated_personal", "application", "without_permission",
    "expired",        "wrong_audience",     "malformed",   "none"};

}  // namespace

std::string_view NameOf(IdentityKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<IdentityKind> FindIdentityKind(std::string_view name) {
  for (IdentityKind kind : kIdentityKinds) {
    if (NameOf(kind) == name) return kind;
  }
  return std::nullopt;
}

bool IsAccount(IdentityKind kind) {
  return kind == IdentityKind::kDelegatedWork || kind == IdentityKind::kDelegatedPersonal ||
         kind == IdentityKind::kApplication;
}

}  // namespace conform
