#include "mock/verified_tokens.h"

#include <nlohmann/json.hpp>

#include "base/permission.h"
#include "token/jwt.h"
#include "token/test_key.h"
#include "token/test_token.h"

namespace conform {
namespace {

using Json = nlohmann::json;

// False where the claim is there and is no string.
bool ReadText(const Json& claims, std::string_view name, std::string& value) {
  const auto found = claims.find(name);
  if (found == claims.end()) return true;
  if (!found->is_string()) return false;
  value = found->get_ref<const std::string&>();
  return true;
}

// RFC 7519 §2: a NumericDate may have a fraction, which says nothing that matters here.
bool ReadTime(const Json& claims, std::string_view name, std::optional<std::int64_t>& value) {
  const auto found = claims.find(name);
  if (found == claims.end()) return true;
  // Beyond it a fraction does not fit an integer.
  constexpr double kFarthest = 1e15;
  if (!found->is_number()) return false;
  const double seconds = found->get<double>();
  if (!(seconds > -kFarthest && seconds < kFarthest)) return false;
  value = static_cast<std::int64_t>(seconds);
  return true;
}

bool ReadRoles(const Json& claims, std::vector<std::string>& roles) {
  const auto found = claims.find("roles");
  if (found == claims.end()) return true;
  if (!found->is_array()) return false;
  for (const Json& role : *found) {
    if (!role.is_string()) return false;
    roles.push_back(role.get_ref<const std::string&>());
  }
  return true;
}

IdentityKind AccountOf(std::string_view type, std::string_view directory, bool delegated) {
  if (type == "app" || !delegated) return IdentityKind::kApplication;
  return directory == kPersonalTenant ? IdentityKind::kDelegatedPersonal
                                      : IdentityKind::kDelegatedWork;
}

}  // namespace

std::shared_ptr<const BearerToken> ReadBearerToken(std::string_view token) {
  const std::optional<Jwt> jwt = ReadJwt(token);
  if (!jwt) return nullptr;
  const Json& claims = jwt->claims;
  auto read = std::make_shared<BearerToken>();
  std::string scope;
  std::string type;
  std::string directory;
  const bool well_typed =
      ReadText(claims, "aud", read->audience) && ReadTime(claims, "exp", read->expires) &&
      ReadTime(claims, "nbf", read->not_before) && ReadText(claims, "scp", scope) &&
      ReadText(claims, "idtyp", type) && ReadText(claims, "tid", directory) &&
      ReadText(claims, kTestTenantClaim, read->tenant) && ReadRoles(claims, read->permissions);
  if (!well_typed) return nullptr;
  read->account = AccountOf(type, directory, claims.contains("scp"));
  // Roles of a user say what the user may do in an application, not what the token grants.
  if (read->account != IdentityKind::kApplication) read->permissions.clear();
  for (std::string& name : PermissionNames(scope)) read->permissions.push_back(std::move(name));
  if (read->tenant.empty()) read->tenant = directory;
  const auto kid = jwt->header.find("kid");
  const bool made_by_run = kid != jwt->header.end() && *kid == kTestTokenKeyId;
  read->signature_holds = VerifyJwt(token, made_by_run ? TestTokenKey() : TestKey());
  return read;
}

std::shared_ptr<const BearerToken> VerifiedTokens::Read(std::string_view token) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_token_.find(token);
    if (found != by_token_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return found->second->read;
    }
  }
  std::shared_ptr<const BearerToken> read = ReadBearerToken(token);
  if (!read) return nullptr;
  const std::lock_guard lock(mutex_);
  if (by_token_.contains(token)) return read;
  entries_.push_front(Entry{std::string(token), read});
  by_token_.emplace(entries_.front().token, entries_.begin());
  if (entries_.size() > capacity_) {
    by_token_.erase(entries_.back().token);
    entries_.pop_back();
  }
  return read;
}

std::size_t VerifiedTokens::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace conform
