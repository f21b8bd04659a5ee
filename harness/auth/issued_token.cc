#include "auth/issued_token.h"

#include "token/jwt.h"

namespace conform {

std::optional<std::chrono::system_clock::time_point> ExpiryOf(const std::string& token) {
  // Far beyond any token's life, near enough to count in nanoseconds.
  constexpr double kLatest = 8'000'000'000;
  const auto jwt = ReadJwt(token);
  if (!jwt) return std::nullopt;
  const auto expiry = jwt->claims.find("exp");
  if (expiry == jwt->claims.end() || !expiry->is_number()) return std::nullopt;
  const double seconds = expiry->get<double>();
  if (!(seconds >= 0 && seconds < kLatest)) return std::nullopt;
  return std::chrono::system_clock::time_point(
      std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

}  // namespace conform
