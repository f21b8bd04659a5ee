// Tokens that were read and verified once: verifying costs more than everything else the mock does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/identity.h"

namespace conform {

/// What the mock needs to know of a token.
struct BearerToken {
  bool signature_holds = false;
  std::string audience;
  std::optional<std::int64_t> expires;     ///< seconds since 1970.
  std::optional<std::int64_t> not_before;  ///< seconds since 1970.
  IdentityKind account = IdentityKind::kDelegatedWork;
  std::string tenant;  ///< whose state it is about.
  std::vector<std::string> permissions;
};

/// Null where the text is no JSON Web Token, or one of its claims is of the wrong type.
std::shared_ptr<const BearerToken> ReadBearerToken(std::string_view token);

/// Remembers the tokens used last. Safe to use from several threads.
class VerifiedTokens {
 public:
  explicit VerifiedTokens(std::size_t capacity) : capacity_(capacity) {}

  /// ReadBearerToken, or what it said before. What is no token is not remembered.
  std::shared_ptr<const BearerToken> Read(std::string_view token);
  std::size_t size() const;

 private:
  struct Entry {
    std::string token;
    std::shared_ptr<const BearerToken> read;
  };

  std::size_t capacity_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the one used last is first.
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_token_;
};

}  // namespace conform
