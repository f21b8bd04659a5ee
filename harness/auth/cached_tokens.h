// One identity's token, issued once for all workers and anew before it expires.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "auth/issued_token.h"
#include "auth/token_source.h"
#include "base/clock.h"
#include "base/redactor.h"

namespace conform {

/// Renewed five minutes before it expires, or at half its life where that is later. While the
/// issuer is asked, all who want the token wait. A token that does not tell when it expires is
/// asked for again after five minutes. Where a renewal fails, the old token serves until it
/// expires; an error stands for a minute, so that many tests are not as many failed sign-ins.
class CachedTokens final : public TokenSource {
 public:
  /// `clock` and `redactor` outlive it.
  CachedTokens(IdentityKind kind, std::unique_ptr<TokenIssuer> issuer, const Clock& clock,
               Redactor& redactor)
      : kind_(kind), issuer_(std::move(issuer)), clock_(clock), redactor_(redactor) {}

  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;
  /// At most one token a minute: where the new one is refused too, a third would be alike.
  bool Drop(std::string_view token) override;

 private:
  using Time = std::chrono::system_clock::time_point;

  void Renew(Time now);

  IdentityKind kind_;
  std::unique_ptr<TokenIssuer> issuer_;
  const Clock& clock_;
  Redactor& redactor_;
  std::mutex mutex_;  // of all below
  Expected<std::optional<IssuedToken>> answer_ = std::nullopt;
  std::optional<Time> ask_again_;  // nothing: it was never asked, or the token was dropped
  std::string dropped_;
  std::optional<Time> dropped_at_;
};

}  // namespace conform
