#include "auth/made_up_tokens.h"

#include "token/test_token.h"

namespace conform {

Expected<std::optional<std::string>> MadeUpTokens::Find(const TokenRequest& request) {
  switch (request.identity.kind) {
    case IdentityKind::kNone:
      return std::string();
    case IdentityKind::kMalformed:
      return std::string(kMalformedToken);
    default:
      return std::nullopt;
  }
}

}  // namespace conform
