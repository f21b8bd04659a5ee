#include "token/test_token.h"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/permission.h"
#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {
namespace {

using std::chrono::system_clock;

constexpr std::string_view kOtherAudience = "https://management.azure.com";
constexpr std::string_view kPlainPermission = "User.Read";
constexpr std::string_view kOtherPermission = "Calendars.Read";
constexpr std::string_view kDefaultTenant = "3f1c2b7a-5d84-4e0b-9c66-0a7d1b2e9f40";
// Entra dates its tokens back so that clocks may differ a little.
constexpr std::chrono::minutes kBackdated{5};

std::int64_t Seconds(system_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string_view Granted(IdentityKind kind, std::string_view permission) {
  if (kind == IdentityKind::kWithoutPermission) {
    return permission == kPlainPermission ? kOtherPermission : kPlainPermission;
  }
  return permission.empty() ? kPlainPermission : permission;
}

nlohmann::json Claims(IdentityKind kind, std::string_view permission, std::string_view tenant,
                      system_clock::time_point now) {
  const bool expired = kind == IdentityKind::kExpired;
  const system_clock::time_point issued =
      now - kBackdated - (expired ? 2 * kTestTokenLifetime : std::chrono::minutes(0));
  const std::string_view directory =
      kind == IdentityKind::kDelegatedPersonal ? kPersonalTenant : tenant;
  nlohmann::json claims = {
      {"aud", kind == IdentityKind::kWrongAudience ? kOtherAudience : kGraphAudience},
      {"iss", fmt::format("https://sts.windows.net/{}/", directory)},
      {"iat", Seconds(issued)},
      {"nbf", Seconds(issued)},
      {"exp", Seconds(issued + kBackdated + kTestTokenLifetime)},
      {"appid", NamedUuid("conform test application")},
      {"oid", NamedUuid(fmt::format("conform {} {}", NameOf(kind), tenant))},
      {"tid", directory},
      {"ver", "1.0"}};
  if (directory != tenant) claims[std::string(kTestTenantClaim)] = tenant;
  if (kind == IdentityKind::kApplication) {
    claims["idtyp"] = "app";
    claims["roles"] = PermissionNames(Granted(kind, permission));
  } else {
    claims["idtyp"] = "user";
    claims["scp"] = Granted(kind, permission);
  }
  return claims;
}

}  // namespace

std::string IssueTestToken(const Identity& identity, std::string_view permission,
                           std::string_view tenant, system_clock::time_point now) {
  if (identity.kind == IdentityKind::kNone) return "";
  if (identity.kind == IdentityKind::kMalformed) return std::string(kMalformedToken);
  const nlohmann::json claims =
      Claims(identity.kind, permission, tenant.empty() ? kDefaultTenant : tenant, now);
  Expected<std::string> token = SignJwt({{"kid", kTestTokenKeyId}}, claims, TestTokenKey());
  // A policy of the machine may forbid so short a key.
  if (!token) token = SignJwt({{"kid", kTestKeyId}}, claims, TestKey());
  // Signing with a loaded key fails only when memory does; a token that nobody accepts tells it.
  return token ? *std::move(token) : std::string(kMalformedToken);
}

std::string ForgeSignature(std::string_view token) {
  const std::size_t signature = token.rfind('.') + 1;
  if (signature == 0 || signature == token.size()) return std::string(token);
  std::string forged(token);
  // The first character: the last one has bits that decoding drops.
  forged[signature] = forged[signature] == 'A' ? 'B' : 'A';
  return forged;
}

}  // namespace conform
