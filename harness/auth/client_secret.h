// A token that an application signs in for with its secret (RFC 6749 §4.4).
#pragma once

#include <string>
#include <utility>

#include "auth/issued_token.h"
#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"

namespace conform {

/// Asks Microsoft Entra's v2.0 token endpoint. Where the variable of the secret is not set, the
/// identity is not set up here. `sign_in` outlives it.
class ClientSecret final : public TokenIssuer {
 public:
  /// `audience` is the origin that the token is for, where the profile names no scope.
  ClientSecret(ClientSecretSource source, std::string audience, SignInClient& sign_in)
      : source_(std::move(source)), audience_(std::move(audience)), sign_in_(sign_in) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  ClientSecretSource source_;
  std::string audience_;
  SignInClient& sign_in_;
};

}  // namespace conform
