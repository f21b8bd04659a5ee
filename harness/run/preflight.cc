#include "run/preflight.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/date.h"
#include "base/duration.h"
#include "base/json_text.h"
#include "base/origin.h"
#include "base/permission.h"
#include "token/claims.h"
#include "token/jwt.h"
#include "token/known_audience.h"
#include "token/test_token.h"

namespace conform {
namespace {

using TimePoint = std::chrono::system_clock::time_point;

/// The claims that decide, as far as the token has them.
struct TokenClaims {
  std::vector<std::string> audiences;
  std::string issuer;
  std::string tenant;
  std::string kind;  ///< `idtyp`.
  std::vector<std::string> scopes;
  std::vector<std::string> roles;
  bool has_scopes = false;
  bool scopes_are_text = false;  ///< as Microsoft writes them.
  std::optional<TimePoint> expires;
  std::optional<TimePoint> begins;

  /// Whether it says whose it is and what it permits, as Microsoft's do: those of others say it
  /// otherwise, or not at all, and only their service knows.
  bool TellsAccount() const { return !kind.empty() || scopes_are_text || !tenant.empty(); }
  bool IsApplication() const { return kind == "app" || (kind.empty() && !has_scopes); }
  bool IsPersonal() const { return tenant == kPersonalTenant; }
  const std::vector<std::string>& Permissions() const { return IsApplication() ? roles : scopes; }
};

struct TokenNeed {
  const Test& test;
  const Profile& profile;
  TimePoint now;

  const Identity& identity() const { return test.test_case->identity; }
};

TokenClaims ReadClaims(const nlohmann::json& json) {
  TokenClaims claims;
  claims.audiences = TextsClaim(json, "aud");
  claims.issuer = TextClaim(json, "iss");
  claims.tenant = TextClaim(json, "tid");
  claims.kind = TextClaim(json, "idtyp");
  // Others than Microsoft write a list.
  claims.scopes_are_text = !TextClaim(json, "scp").empty();
  for (const std::string& each : TextsClaim(json, "scp")) {
    for (std::string& name : PermissionNames(each)) claims.scopes.push_back(std::move(name));
  }
  claims.has_scopes = !claims.scopes.empty();
  claims.roles = TextsClaim(json, "roles");
  claims.expires = TimeClaim(json, "exp");
  claims.begins = TimeClaim(json, "nbf");
  if (!claims.begins) claims.begins = TimeClaim(json, "iat");
  return claims;
}

std::string ShowList(const std::vector<std::string>& list) {
  return list.empty() ? "none" : fmt::format("{}", fmt::join(list, ", "));
}

std::string ShowPermissions(std::vector<std::string> permissions) {
  for (std::string& each : permissions) each = ShowPermission(each);
  return ShowList(permissions);
}

std::string ShowAge(std::chrono::system_clock::duration age) {
  return FormatDuration(std::chrono::floor<std::chrono::seconds>(age));
}

std::string_view WithoutSlash(std::string_view text) {
  return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

/// Whether an audience means the profile's service; nothing where that cannot be told. What reads
/// like another's address can still be its name, unless the profile names all that it has.
std::optional<bool> MeansTarget(const TokenClaims& claims, const Profile& profile) {
  const auto& names = profile.token_rules.audiences;
  const bool judges = !names.empty() || (profile.target && !IsLoopback(*profile.target));
  bool known = judges && !claims.audiences.empty();
  for (const std::string& audience : claims.audiences) {
    const std::string_view asked = WithoutSlash(audience);
    const auto is_asked = [asked](const std::string& name) { return WithoutSlash(name) == asked; };
    if (std::any_of(names.begin(), names.end(), is_asked)) return true;
    const Expected<Origin> origin = ParseOrigin(audience);
    if (origin && profile.target && *origin == *profile.target) return true;
    // The same in every cloud of Graph.
    if (asked == kGraphApplicationId && profile.target &&
        IsKnownAudience(FormatOrigin(*profile.target))) {
      return true;
    }
    known = known && (!names.empty() || IsKnownAudience(asked));
  }
  return known ? std::optional(false) : std::nullopt;
}

std::string FindWrongAudience(const TokenClaims& claims, const TokenNeed& need) {
  const std::optional<bool> means = MeansTarget(claims, need.profile);
  const bool made_wrong = need.identity().kind == IdentityKind::kWrongAudience;
  if (!means || *means != made_wrong) return "";
  if (made_wrong) {
    return fmt::format(
        "the token is for {}, which is this service: none other's audience was tried",
        ShowList(claims.audiences));
  }
  return fmt::format(
      "the token is for {} (aud), not for {}: sign in for that service, or choose the "
      "profile of the token's cloud",
      ShowList(claims.audiences),
      need.profile.target ? FormatOrigin(*need.profile.target) : "this service");
}

std::string FindWrongIssuer(const TokenClaims& claims, const TokenNeed& need) {
  const auto& issuers = need.profile.token_rules.issuers;
  const bool accepted = std::any_of(issuers.begin(), issuers.end(), [&](const std::string& each) {
    return claims.issuer.compare(0, each.size(), each) == 0;
  });
  if (issuers.empty() || claims.issuer.empty() || accepted) return "";
  if (need.identity().kind == IdentityKind::kWrongAudience) return "";
  return fmt::format(
      "the token was issued by {} (iss), and profile {} takes those of {}: choose the "
      "profile of the token's cloud",
      claims.issuer, need.profile.name, ShowList(issuers));
}

std::string FindWrongTime(const TokenClaims& claims, const TokenNeed& need) {
  const bool made_old = need.identity().kind == IdentityKind::kExpired;
  if (claims.begins && *claims.begins > need.now + kClockSkew) {
    return fmt::format(
        "the token is valid from {}, {} ahead of this machine's clock: set the clock",
        FormatTimestamp(*claims.begins), ShowAge(*claims.begins - need.now));
  }
  if (!claims.expires) return "";
  const bool over = *claims.expires <= need.now;
  if (over == made_old) return "";
  if (made_old) {
    return fmt::format("the token is valid until {}: an expired one was to be tried",
                       FormatTimestamp(*claims.expires));
  }
  return fmt::format("the token expired at {}, {} ago: get a new one",
                     FormatTimestamp(*claims.expires), ShowAge(need.now - *claims.expires));
}

std::string FindWrongAccount(const TokenClaims& claims, const TokenNeed& need) {
  const IdentityKind kind = need.identity().kind;
  if (!IsAccount(kind) || !claims.TellsAccount()) return "";
  const bool wants_application = kind == IdentityKind::kApplication;
  if (claims.IsApplication() != wants_application) {
    return fmt::format("the token is {}, and the case asks as {}",
                       claims.IsApplication() ? "an application's own" : "a user's", NameOf(kind));
  }
  if (wants_application || claims.tenant.empty()) return "";
  if (claims.IsPersonal() == (kind == IdentityKind::kDelegatedPersonal)) return "";
  return fmt::format("the token is of a {} account (tid {}), and the case asks as {}",
                     claims.IsPersonal() ? "personal" : "work or school", claims.tenant,
                     NameOf(kind));
}

IdentityKind AccountOf(const TokenClaims& claims, const TokenNeed& need) {
  if (IsAccount(need.identity().kind)) return need.identity().kind;
  if (claims.IsApplication()) return IdentityKind::kApplication;
  return claims.IsPersonal() ? IdentityKind::kDelegatedPersonal : IdentityKind::kDelegatedWork;
}

/// Of an account that is not supported, what others need: the account shall be all that is wrong.
std::vector<std::string> AcceptedPermissions(const Contract& contract, IdentityKind account) {
  const auto own = contract.permissions.find(account);
  if (own != contract.permissions.end() && !own->second.permissions.empty()) {
    return own->second.permissions;
  }
  std::vector<std::string> accepted;
  for (const auto& [kind, rule] : contract.permissions) {
    accepted.insert(accepted.end(), rule.permissions.begin(), rule.permissions.end());
  }
  return accepted;
}

std::string FindWrongPermission(const TokenClaims& claims, const TokenNeed& need) {
  const Identity& identity = need.identity();
  if (identity.kind == IdentityKind::kWrongAudience || !claims.TellsAccount()) return "";
  const std::vector<std::string>& held = claims.Permissions();
  const char* const claim = claims.IsApplication() ? "roles" : "scp";
  if (!HoldsPermission(held, identity.permission)) {
    return fmt::format("the token lacks {} ({}: {}): grant it and sign in anew",
                       ShowPermission(identity.permission), claim, ShowList(held));
  }
  for (const Contract* contract : need.test.plan->contracts) {
    if (contract == nullptr || contract->permissions.empty()) continue;
    const auto accepted = AcceptedPermissions(*contract, AccountOf(claims, need));
    const auto granted = std::find_if(accepted.begin(), accepted.end(), [&](const auto& each) {
      return HoldsPermission(held, each);
    });
    const bool made_poor = identity.kind == IdentityKind::kWithoutPermission;
    if (made_poor && granted != accepted.end()) {
      return fmt::format("the token holds {} ({}), which {} accepts: one without was to be tried",
                         ShowPermission(*granted), claim, contract->operation);
    }
    if (!made_poor && !accepted.empty() && granted == accepted.end()) {
      return fmt::format(
          "the token holds none of {} that {} accepts ({}: {}): grant one and sign in "
          "anew",
          ShowPermissions(accepted), contract->operation, claim, ShowList(held));
    }
  }
  return "";
}

/// What could not be told of a token that fits as far as it speaks; empty: nothing.
std::string NoteOf(const TokenClaims& claims, const TokenNeed& need) {
  std::string note;
  if (!claims.TellsAccount()) {
    note = "the token does not say whose it is, so only the service knows what it is good for";
  }
  const bool made_wrong = need.identity().kind == IdentityKind::kWrongAudience;
  if (claims.audiences.empty() || made_wrong || MeansTarget(claims, need.profile)) return note;
  return note +
         fmt::format(
             "{}the token is for {} (aud): get one for this service, or if that is its name, write "
             "tokens: {{audiences: [{}]}} into the profile",
             note.empty() ? "" : "; ", ShowList(claims.audiences),
             WriteJsonText(nlohmann::json(claims.audiences.front())));
}

/// In the order told: the first that finds something is the reason.
constexpr std::array kTokenChecks = {FindWrongAudience, FindWrongIssuer, FindWrongTime,
                                     FindWrongAccount, FindWrongPermission};

}  // namespace

TokenFitness CheckToken(const Test& test, std::string_view token, const Profile& profile,
                        TimePoint now) {
  const TokenNeed need{test, profile, now};
  const IdentityKind kind = need.identity().kind;
  if (kind == IdentityKind::kNone || kind == IdentityKind::kMalformed) return {};
  const std::optional<Jwt> jwt = ReadJwt(token);
  if (!jwt) {
    return {"", "the token could not be read, so only the service knows what it is good for"};
  }
  const TokenClaims claims = ReadClaims(jwt->claims);
  for (const auto check : kTokenChecks) {
    if (std::string trouble = check(claims, need); !trouble.empty())
      return {std::move(trouble), ""};
  }
  return {"", NoteOf(claims, need)};
}

}  // namespace conform
