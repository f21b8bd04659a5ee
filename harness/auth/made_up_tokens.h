// What needs no service: no token, and text that is none.
#pragma once

#include "auth/token_source.h"

namespace conform {

/// `none` and `malformed`, on any target. The other kinds must be issued: a made-up expired token
/// would be refused for its signature and prove nothing.
class MadeUpTokens final : public TokenSource {
 public:
  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;
};

}  // namespace conform
