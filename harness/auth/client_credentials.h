// A token that an application signs in for by itself (RFC 6749 §4.4).
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "auth/authority.h"
#include "auth/form.h"
#include "auth/issued_token.h"
#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"

namespace conform {

/// With a secret, with an assertion of its own, or with another's. Where a variable that it needs
/// is not set, the identity is not set up here. `sign_in` outlives it.
class ClientCredentials final : public TokenIssuer {
 public:
  /// `audience` is the origin that the token is for, where the profile names no scope.
  ClientCredentials(ApplicationSource source, std::string audience, SignInClient& sign_in)
      : source_(std::move(source)),
        audience_(std::move(audience)),
        sign_in_(sign_in),
        authority_(source_.authority, sign_in) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  std::string Scope() const;

  ApplicationSource source_;
  std::string audience_;
  SignInClient& sign_in_;
  Authority authority_;
};

}  // namespace conform
