#include "auth/test_tokens.h"

#include <utility>

#include "token/test_token.h"

namespace conform {

Expected<std::optional<std::string>> TestTokens::Find(const TokenRequest& request) {
  const std::chrono::system_clock::time_point now = clock_.Now();
  Key key{request.identity.kind, request.permission, request.tenant};
  {
    const std::lock_guard lock(mutex_);
    const auto found = issued_.find(key);
    if (found != issued_.end() && now - found->second.time < kTestTokenLifetime / 2 &&
        now >= found->second.time) {
      return found->second.token;
    }
  }
  // Signed outside the lock, so that threads sign side by side; two may sign the same token once.
  std::string token = IssueTestToken(request.identity, request.permission, request.tenant, now);
  const std::lock_guard lock(mutex_);
  issued_.insert_or_assign(std::move(key), Issued{token, now});
  return token;
}

}  // namespace conform
