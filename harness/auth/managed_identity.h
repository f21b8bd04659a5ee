// A token of the identity that Azure gave the machine itself.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "auth/issued_token.h"
#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"

namespace conform {

/// Where IDENTITY_ENDPOINT and IDENTITY_HEADER are set it is App Service's endpoint, else the
/// instance metadata service's, whose address is link-local: it is spoken to without TLS, and never
/// through a proxy. Where the variable of the client is not set, the identity is not set up here.
/// `sign_in` outlives it.
class ManagedIdentity final : public TokenIssuer {
 public:
  /// `audience` is the origin that the token is for, where the profile names no resource.
  ManagedIdentity(ManagedIdentitySource source, std::string audience, SignInClient& sign_in)
      : source_(std::move(source)), audience_(std::move(audience)), sign_in_(sign_in) {}
  Expected<std::optional<IssuedToken>> Issue() override;

 private:
  Expected<SignInRequest> Write(const std::string& client) const;

  ManagedIdentitySource source_;
  std::string audience_;
  SignInClient& sign_in_;
};

}  // namespace conform
