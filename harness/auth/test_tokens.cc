#include "auth/test_tokens.h"

#include <utility>

#include "token/test_token.h"

namespace conform {

Expected<std::optional<std::string>> TestTokens::Find(const TokenRequest& request) {
  return Share(request).get();
}

std::shared_future<std::string> TestTokens::Share(const TokenRequest& request) {
  const std::chrono::system_clock::time_point now = clock_.Now();
  Key key{request.identity.kind, request.permission, request.tenant};
  const std::lock_guard lock(mutex_);
  const auto found = issued_.find(key);
  if (found != issued_.end() && now - found->second.time < kTestTokenLifetime / 2 &&
      now >= found->second.time) {
    return found->second.token;
  }
  // Not signed under the lock: threads sign different tokens side by side.
  std::shared_future<std::string> token =
      std::async(std::launch::deferred, [request, now] {
        return IssueTestToken(request.identity, request.permission, request.tenant, now);
      }).share();
  issued_.insert_or_assign(std::move(key), Issued{token, now});
  return token;
}

}  // namespace conform
