// The tokens of a profile's identities, each from the source that the profile names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"
#include "auth/token_source.h"

namespace conform {

/// `conform login --profile ours --identity delegated_work`.
std::string LoginCommand(const std::string& profile, IdentityKind kind);

/// What to do where such an identity has no token: `set CONFORM_TOKEN_APPLICATION`, and before it
/// LoginCommand where somebody is to sign in, or the variables that its source names and that are
/// not set.
std::string WayToToken(const IdentitySources& sources, const std::string& profile,
                       IdentityKind kind, const Environment& environment);

/// Whether there could be one here, as far as is known without asking anybody: the variables that
/// its source needs are set, somebody signed in.
bool MayHaveToken(const IdentitySources& sources, IdentityKind kind,
                  const Environment& environment);

/// Each token is asked for once for all workers, and anew before it expires.
class IdentityTokens final : public TokenSource {
 public:
  /// `audience` is the origin that tokens are for; `profile` is what `--profile` calls it.
  IdentityTokens(const IdentitySources& sources, const std::string& audience,
                 const ConnectionSettings& connection, const Bounds& bounds, SignInTools tools,
                 const std::string& profile);
  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;
  bool Drop(std::string_view token) override;

 private:
  SignInClient sign_in_;
  FirstOf cached_;
};

}  // namespace conform
