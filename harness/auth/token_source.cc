#include "auth/token_source.h"

namespace conform {

Expected<std::optional<std::string>> FirstOf::Find(const TokenRequest& request) {
  for (const std::unique_ptr<TokenSource>& source : sources_) {
    Expected<std::optional<std::string>> token = source->Find(request);
    if (!token || token->has_value()) return token;
  }
  return std::nullopt;
}

}  // namespace conform
