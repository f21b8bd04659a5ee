#include "auth/issued_token.h"

#include "token/claims.h"
#include "token/jwt.h"

namespace conform {

std::optional<std::chrono::system_clock::time_point> ExpiryOf(const std::string& token) {
  const auto jwt = ReadJwt(token);
  return jwt ? TimeClaim(jwt->claims, "exp") : std::nullopt;
}

}  // namespace conform
