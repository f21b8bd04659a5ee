// A token as an authority issued it, and the one who issues it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/error.h"

namespace conform {

struct IssuedToken {
  std::string token;
  /// Nothing: neither the answer nor the token says so.
  std::optional<std::chrono::system_clock::time_point> expires;
};

/// Gets a new token each time; slow, and asked by one thread at a time.
class TokenIssuer {
 public:
  virtual ~TokenIssuer() = default;
  /// Nothing: the identity is not set up here, for one as a variable that names its application is
  /// not set.
  virtual Expected<std::optional<IssuedToken>> Issue() = 0;
  /// False: always the same token.
  virtual bool renews() const { return true; }
};

/// When a JSON Web Token says that it expires; nothing where `token` is none or does not say.
std::optional<std::chrono::system_clock::time_point> ExpiryOf(const std::string& token);

}  // namespace conform
