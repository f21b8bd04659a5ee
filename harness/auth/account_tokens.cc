#include "auth/account_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/setting_text.h"
#include "auth/token_answer.h"
#include "base/json_member.h"

namespace conform {
namespace {

constexpr const char* kOffline = "offline_access";

/// Whatever else stands in the way, another sign-in does not help against it (RFC 6749 §5.2, OpenID
/// Connect Core §3.1.2.6).
bool NeedsSignIn(const nlohmann::json& refusal) {
  constexpr std::array kErrors = {"invalid_grant", "interaction_required", "login_required",
                                  "consent_required"};
  return std::find(kErrors.begin(), kErrors.end(), TextMember(refusal, "error")) != kErrors.end();
}

}  // namespace

std::optional<LoginKey> Account::Key() const {
  const auto authority = authority_.Name();
  const auto client = ValueOf(source_.client, sign_in_.tools().environment);
  if (!authority || !client) return std::nullopt;
  return LoginKey{*authority, *client, identity_};
}

std::string Account::UnsetVariable() const {
  const Environment& environment = sign_in_.tools().environment;
  for (const SettingText* setting : {&source_.authority.tenant, &source_.client}) {
    if (!ValueOf(*setting, environment)) return setting->variable;
  }
  return "";
}

std::string Account::Scope() const {
  std::vector<std::string> scopes = source_.scopes;
  if (scopes.empty()) {
    scopes.push_back(authority_.is_entra() ? audience_ + "/.default" : std::string("openid"));
  }
  if (std::find(scopes.begin(), scopes.end(), kOffline) == scopes.end()) {
    scopes.emplace_back(kOffline);
  }
  return fmt::format("{}", fmt::join(scopes, " "));
}

Expected<IssuedToken> AccountTokens::Renew(const LoginStore& store, const LoginKey& key,
                                           const std::string& refresh_token) {
  SignInClient& sign_in = account_.sign_in();
  KeepSecret(sign_in.tools(), refresh_token, "refresh token");
  const auto endpoints = account_.authority().Find();
  if (!endpoints) return tl::unexpected(endpoints.error());
  auto address = ParseHttpAddress(endpoints->value_or(SignInEndpoints{}).token);
  if (!address) return Fail("no token: " + address.error().message);
  const auto answer = sign_in.Send({.address = *std::move(address),
                                    .form = {{"grant_type", "refresh_token"},
                                             {"client_id", key.client},
                                             {"refresh_token", refresh_token},
                                             {"scope", account_.Scope()}}});
  if (!answer) return tl::unexpected(answer.error());
  auto grant = ReadGrant(*answer, sign_in.tools());
  if (!grant) {
    return Fail(NeedsSignIn(answer->body)
                    ? fmt::format("{}; sign in anew: {}", grant.error().message, login_)
                    : grant.error().message);
  }
  if (grant->refresh_token.empty() || grant->refresh_token == refresh_token) return grant->access;
  const auto kept = store.Keep(key, grant->refresh_token);
  if (!kept) {
    return Fail(
        fmt::format("no token: the renewed sign-in cannot be kept, and the old one may be "
                    "good no more: {}; mend that and sign in anew: {}",
                    kept.error().message, login_));
  }
  return grant->access;
}

Expected<std::optional<IssuedToken>> AccountTokens::Issue() {
  const auto key = account_.Key();
  if (!key) return std::nullopt;
  const auto store = LoginStore::Open(account_.sign_in().tools().environment);
  if (!store) return std::nullopt;
  const auto asks = [&] { return store->Find(*key); };
  auto kept = asks();
  if (!kept) return Fail("no token: " + kept.error().message);
  if (!*kept) return std::nullopt;
  const auto lock = store->Hold(*key);
  if (!lock) return Fail("no token: " + lock.error().message);
  // Another process may have renewed it meanwhile.
  kept = asks();
  if (!kept) return Fail("no token: " + kept.error().message);
  if (!*kept) return std::nullopt;
  auto renewed = Renew(*store, *key, **kept);
  if (!renewed) return tl::unexpected(renewed.error());
  return *std::move(renewed);
}

}  // namespace conform
