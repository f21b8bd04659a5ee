// A token of somebody who signed in by `conform login`, renewed silently.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "auth/authority.h"
#include "auth/form.h"
#include "auth/issued_token.h"
#include "auth/login_store.h"
#include "auth/sign_in_settings.h"

namespace conform {

/// An account that signs in at an authority, for whoever renews its sign-in and whoever begins one.
class Account {
 public:
  /// `audience` is the origin that tokens are for, where the profile names no scopes. `sign_in`
  /// outlives it.
  Account(IdentityKind identity, AccountSource source, std::string audience, SignInClient& sign_in)
      : identity_(identity),
        source_(std::move(source)),
        audience_(std::move(audience)),
        sign_in_(sign_in),
        authority_(source_.authority, sign_in) {}

  /// Nothing: a variable that names tenant or client is not set.
  std::optional<LoginKey> Key() const;
  /// Such a variable; empty: all are set.
  std::string UnsetVariable() const;
  /// With `offline_access`, without which nothing could be renewed.
  std::string Scope() const;
  IdentityKind identity() const { return identity_; }
  Authority& authority() { return authority_; }
  SignInClient& sign_in() const { return sign_in_; }

 private:
  IdentityKind identity_;
  AccountSource source_;
  std::string audience_;
  SignInClient& sign_in_;
  Authority authority_;
};

/// Where nobody signed in, the identity is not set up here. The new refresh token is kept before
/// the access token is handed out, and no other process renews the same sign-in meanwhile.
class AccountTokens final : public TokenIssuer {
 public:
  /// `login` is the command that signs in anew: errors end with it.
  AccountTokens(IdentityKind identity, AccountSource source, std::string audience,
                std::string login, SignInClient& sign_in)
      : account_(identity, std::move(source), std::move(audience), sign_in),
        login_(std::move(login)) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  Expected<IssuedToken> Renew(const LoginStore& store, const LoginKey& key,
                              const std::string& refresh_token);

  Account account_;
  std::string login_;
};

}  // namespace conform
