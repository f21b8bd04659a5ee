// Decides by its bearer token whether a request is served (RFC 6750), and for whom.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/fields.h"
#include "base/identity.h"
#include "contract/contract.h"
#include "contract/protocol.h"
#include "mock/fault.h"
#include "mock/verified_tokens.h"

namespace conform {

/// For whom a request is served.
struct Caller {
  IdentityKind account = IdentityKind::kDelegatedWork;
  std::string tenant;  ///< whose state the request sees; empty: nobody's, nothing is remembered.
  std::vector<std::string> permissions;
  bool unknown = false;  ///< let in by a fault, without a token that can be read.
};

struct BearerRefusal {
  Refusal refusal;
  std::string_view message;  ///< for the error object.
};

/// Safe to use from several threads.
class BearerCheck {
 public:
  using Time = std::chrono::system_clock::time_point;

  /// Reads the token that stands behind `scheme` in Authorization, and whether it is good at `now`.
  tl::expected<Caller, BearerRefusal> Identify(const Fields& fields, std::string_view scheme,
                                               Time now, const Faults& faults);
  /// The same for a token by itself; empty where the request has none.
  tl::expected<Caller, BearerRefusal> IdentifyToken(std::string_view text, Time now,
                                                    const Faults& faults);

 private:
  // As many tests as a large run has under way; a kilobyte each.
  static constexpr std::size_t kRemembered = 4096;

  VerifiedTokens tokens_{kRemembered};
};

/// Whether the contract's permission rows let the caller use the operation.
tl::expected<void, BearerRefusal> CheckPermission(const Contract& contract, const Caller& caller,
                                                  const Faults& faults);

/// Whether the operation asks for a token at all.
bool NeedsToken(const Contract& contract);

}  // namespace conform
