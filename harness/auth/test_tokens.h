// Tokens for the mock, signed with a public test key.
#pragma once

#include <chrono>
#include <future>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "auth/token_source.h"
#include "base/clock.h"

namespace conform {

/// Has a token for every identity. Signing takes a good part of a test's time, so a token is issued
/// again only when half its life is over.
class TestTokens final : public TokenSource {
 public:
  /// `clock` must outlive it.
  explicit TestTokens(const Clock& clock) : clock_(clock) {}
  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;

 private:
  using Key = std::tuple<IdentityKind, std::string, std::string>;
  struct Issued {
    std::shared_future<std::string> token;  ///< who asks first signs it, and others wait for that.
    std::chrono::system_clock::time_point time;
  };

  std::shared_future<std::string> Share(const TokenRequest& request);

  const Clock& clock_;
  std::mutex mutex_;
  std::map<Key, Issued> issued_;
};

}  // namespace conform
