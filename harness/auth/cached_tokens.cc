#include "auth/cached_tokens.h"

#include <algorithm>

namespace conform {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kBeforeExpiry{5};
constexpr minutes kWithoutExpiry{5};
constexpr minutes kAfterError{1};
constexpr minutes kBetweenDrops{1};
/// A token that is short-lived or has expired already is not asked for at every test.
constexpr seconds kLeast{10};

}  // namespace

void CachedTokens::Renew(Time now) {
  Expected<std::optional<IssuedToken>> answer = issuer_->Issue();
  if (!answer) {
    ask_again_ = now + kAfterError;
    const bool still_good =
        answer_ && *answer_ && (*answer_)->expires && now < *(*answer_)->expires;
    if (still_good) {
      ask_again_ = std::min(*ask_again_, *(*answer_)->expires);
    } else {
      answer_ = std::move(answer);
    }
    return;
  }
  answer_ = std::move(answer);
  ask_again_ = now + kWithoutExpiry;
  if (!*answer_) return;
  IssuedToken& issued = **answer_;
  redactor_.AddSecret(issued.token, "token");
  if (!issued.expires) issued.expires = ExpiryOf(issued.token);
  if (!issued.expires) return;
  const auto life = *issued.expires - now;
  ask_again_ = now + std::max<Time::duration>({life - kBeforeExpiry, life / 2, kLeast});
}

Expected<std::optional<std::string>> CachedTokens::Find(const TokenRequest& request) {
  if (request.identity.kind != kind_) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const Time now = clock_.Now();
  if (!ask_again_ || now >= *ask_again_) Renew(now);
  if (!answer_) return tl::unexpected(answer_.error());
  if (!*answer_) return std::nullopt;
  return (*answer_)->token;
}

bool CachedTokens::Drop(std::string_view token) {
  if (token.empty()) return false;
  const std::lock_guard lock(mutex_);
  // Another worker was refused the same token first.
  if (token == dropped_) return true;
  const bool ours = answer_ && *answer_ && (*answer_)->token == token;
  const Time now = clock_.Now();
  const bool just_dropped = dropped_at_ && now - *dropped_at_ < kBetweenDrops;
  if (!ours || !issuer_->renews() || just_dropped) return false;
  dropped_ = token;
  dropped_at_ = now;
  ask_again_.reset();
  answer_ = std::nullopt;
  return true;
}

}  // namespace conform
