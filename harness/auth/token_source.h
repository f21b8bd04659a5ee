// Where tokens come from: environment, a test key, made-up text, a sign-in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/identity.h"

namespace conform {

/// Whose token is wanted, and for what.
struct TokenRequest {
  Identity identity;
  std::string permission;  ///< resolved: never empty for an account.
  std::string tenant;      ///< the test's own; means something to the mock alone.
};

/// Every source is safe to use from several threads.
class TokenSource {
 public:
  virtual ~TokenSource() = default;

  /// The token without its scheme, empty for `none`. Nothing: this source has none for that
  /// identity. An error: it should have one and could not get it.
  virtual Expected<std::optional<std::string>> Find(const TokenRequest& request) = 0;

  /// A service refused `token`, which this or another source gave, though it should be good yet
  /// (an unexpected 401). True: it was given here and is dropped, and the next Find may give
  /// another one; to send the request once more may help. False: the same token would come again.
  virtual bool Drop(std::string_view token);
};

/// Asks each source in turn; the first token or error is the answer.
class FirstOf final : public TokenSource {
 public:
  explicit FirstOf(std::vector<std::unique_ptr<TokenSource>> sources)
      : sources_(std::move(sources)) {}
  Expected<std::optional<std::string>> Find(const TokenRequest& request) override;
  bool Drop(std::string_view token) override;

 private:
  std::vector<std::unique_ptr<TokenSource>> sources_;
};

}  // namespace conform
