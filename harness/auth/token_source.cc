#include "auth/token_source.h"

#include <algorithm>

namespace conform {

bool TokenSource::Drop(std::string_view /*token*/) { return false; }

Expected<std::optional<std::string>> FirstOf::Find(const TokenRequest& request) {
  for (const std::unique_ptr<TokenSource>& source : sources_) {
    Expected<std::optional<std::string>> token = source->Find(request);
    if (!token || token->has_value()) return token;
  }
  return std::nullopt;
}

bool FirstOf::Drop(std::string_view token) {
  return std::any_of(sources_.begin(), sources_.end(),
                     [&](const auto& source) { return source->Drop(token); });
}

}  // namespace conform
