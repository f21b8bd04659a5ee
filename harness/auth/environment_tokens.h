// Tokens that the caller put into the environment: CONFORM_TOKEN_DELEGATED_WORK and its like.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "auth/token_source.h"

namespace conform {

/// The value of a variable, or nothing where it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// `CONFORM_TOKEN_DELEGATED_WORK`: the variable that holds an identity's token.
std::string TokenVariable(IdentityKind kind);

/// An unset or empty variable is no token; a line end behind the value is removed; what no token
/// holds (CheckToken) is an error, which does not quote it. `none` has no token, so its variable
/// is not read. The permission asked for is not looked at: who sets the variable
/// knows what it grants.
class EnvironmentTokens final : public TokenSource {
 public:
  /// Reads all variables at once: each test asks.
  explicit EnvironmentTokens(const Environment& environment);
  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;

 private:
  using Read = Expected<std::optional<std::string>>;
  std::array<Read, kIdentityKinds.size()> read_;  // by kind
};

}  // namespace conform
