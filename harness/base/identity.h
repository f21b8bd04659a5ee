// Who asks: the closed set of identities a case can name.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

enum class IdentityKind {
  kDelegatedWork,
  kDelegatedPersonal,
  kApplication,
  kWithoutPermission,
  kExpired,
  kWrongAudience,
  kMalformed,
  kNone,
};

inline constexpr std::array kIdentityKinds = {
    IdentityKind::kDelegatedWork, IdentityKind::kDelegatedPersonal,
    IdentityKind::kApplication,   IdentityKind::kWithoutPermission,
    IdentityKind::kExpired,       IdentityKind::kWrongAudience,
    IdentityKind::kMalformed,     IdentityKind::kNone};

/// `delegated_work`, `none`, …: as written in cases and profiles.
std::string_view NameOf(IdentityKind kind);
std::optional<IdentityKind> FindIdentityKind(std::string_view name);

/// An identity and, where the case says so, the permissions its token holds.
struct Identity {
  IdentityKind kind = IdentityKind::kNone;
  std::string permission;  ///< a scope; empty: the first that the contract lists for this kind.

  bool operator==(const Identity&) const = default;
};

/// True for the three kinds of account a valid token is issued to.
bool IsAccount(IdentityKind kind);

}  // namespace conform
