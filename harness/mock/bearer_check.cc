#include "mock/bearer_check.h"

#include <algorithm>
#include <memory>

#include "base/http_text.h"
#include "base/permission.h"
#include "token/test_token.h"

namespace conform {
namespace {

using Refused = tl::unexpected<BearerRefusal>;

Refused Refuse(Refusal refusal, std::string_view message) {
  return Refused(BearerRefusal{refusal, message});
}

// What stands behind the scheme; empty where the field is absent or of another.
std::string_view TokenIn(const Fields& fields, std::string_view scheme) {
  const Field* value = FindField(fields, "Authorization");
  if (value == nullptr) return {};
  const std::string_view text = value->value;
  const std::size_t space = text.find(' ');
  if (!SameFieldName(text.substr(0, space), scheme)) return {};
  return space == std::string_view::npos ? std::string_view{} : TrimWhiteSpace(text.substr(space));
}

bool IsForGraph(std::string_view audience) {
  return audience == kGraphAudience || audience == kGraphApplicationId ||
         (audience.ends_with('/') && audience.substr(0, audience.size() - 1) == kGraphAudience);
}

tl::expected<void, BearerRefusal> CheckToken(const BearerToken& token, std::int64_t now,
                                             const Faults& faults) {
  constexpr Refusal kBad = Refusal::kBadToken;
  if (!token.signature_holds && !faults.Has(Lapse::kSignatureIgnored)) {
    return Refuse(kBad, "Access token validation failure. The signature is not valid.");
  }
  if (token.not_before.value_or(now) > now) {
    return Refuse(kBad, "Lifetime validation failed, the token is not yet valid.");
  }
  if (token.expires.value_or(0) <= now && !faults.Has(Lapse::kExpiryIgnored)) {
    return Refuse(kBad, "Lifetime validation failed, the token is expired.");
  }
  if (!IsForGraph(token.audience) && !faults.Has(Lapse::kAudienceIgnored)) {
    return Refuse(kBad, "Access token validation failure. Invalid audience.");
  }
  return {};
}

// The account's row, or null where the contract does not support it.
const PermissionRule* FindRow(const Contract& contract, IdentityKind account) {
  const auto row = contract.permissions.find(account);
  return row == contract.permissions.end() || !row->second.supported ? nullptr : &row->second;
}

bool IsAcceptedByFault(IdentityKind account, const Faults& faults) {
  return (account == IdentityKind::kDelegatedPersonal && faults.Has(Lapse::kPersonalAccepted)) ||
         (account == IdentityKind::kApplication && faults.Has(Lapse::kApplicationAccepted));
}

bool Grants(const PermissionRule& row, const Caller& caller, const Faults& faults) {
  if (row.permissions.empty()) return true;
  const auto holds = [&](const std::string& permission) {
    return HoldsPermission(caller.permissions, permission);
  };
  if (faults.Has(Lapse::kSecondPermissionRefused)) return holds(row.permissions.front());
  return std::any_of(row.permissions.begin(), row.permissions.end(), holds);
}

}  // namespace

tl::expected<Caller, BearerRefusal> BearerCheck::Identify(const Fields& fields,
                                                          std::string_view scheme, Time now,
                                                          const Faults& faults) {
  return IdentifyToken(TokenIn(fields, scheme), now, faults);
}

tl::expected<Caller, BearerRefusal> BearerCheck::IdentifyToken(std::string_view text, Time now,
                                                               const Faults& faults) {
  Caller unknown;
  unknown.unknown = true;
  if (text.empty()) {
    if (faults.Has(Lapse::kAuthorizationIgnored)) return unknown;
    return Refuse(Refusal::kNoToken, "Access token is empty.");
  }
  const std::shared_ptr<const BearerToken> token = tokens_.Read(text);
  if (!token) {
    if (faults.Has(Lapse::kMalformedTokenAccepted)) return unknown;
    return Refuse(Refusal::kBadToken, "Access token is malformed: it is no JSON Web Token.");
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  const tl::expected<void, BearerRefusal> good = CheckToken(*token, seconds.count(), faults);
  if (!good) return Refused(good.error());
  return Caller{token->account, token->tenant, token->permissions, false};
}

tl::expected<void, BearerRefusal> CheckPermission(const Contract& contract, const Caller& caller,
                                                  const Faults& faults) {
  if (caller.unknown || contract.permissions.empty()) return {};
  const PermissionRule* row = FindRow(contract, caller.account);
  if (row == nullptr) {
    if (IsAcceptedByFault(caller.account, faults)) return {};
    return Refuse(Refusal::kUnsupportedAccount,
                  "The operation does not support this kind of account.");
  }
  if (caller.account == IdentityKind::kApplication && faults.Has(Lapse::kApplicationRefused)) {
    return Refuse(Refusal::kUnsupportedAccount,
                  "The operation does not support this kind of account.");
  }
  if (!faults.Has(Lapse::kPermissionIgnored) && !Grants(*row, caller, faults)) {
    return Refuse(Refusal::kNoPermission,
                  "The token has none of the permissions that the operation asks for.");
  }
  return {};
}

bool NeedsToken(const Contract& contract) {
  const HeaderRule* rule = contract.FindHeader("Authorization");
  return (rule != nullptr && rule->required) || !contract.permissions.empty();
}

}  // namespace conform
