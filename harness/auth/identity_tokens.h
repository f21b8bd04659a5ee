// The tokens of a profile's identities, each from the source that the profile names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"
#include "auth/token_source.h"

namespace conform {

/// Each token is asked for once for all workers, and anew before it expires.
class IdentityTokens final : public TokenSource {
 public:
  /// `audience` is the origin that tokens are for.
  IdentityTokens(const IdentitySources& sources, const std::string& audience,
                 const ConnectionSettings& connection, const Bounds& bounds, SignInTools tools);
  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;
  bool Drop(std::string_view token) override;

 private:
  SignInClient sign_in_;
  FirstOf cached_;
};

}  // namespace conform
