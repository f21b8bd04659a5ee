// What is known of the conditions under which a contract promises an answer.
#pragma once

#include <chrono>
#include <optional>

#include "contract/contract.h"

namespace conform {

enum class Truth { kFalse, kTrue, kUnknown };

/// What is known of one operation on one tenant just before a request.
struct TenantKnowledge {
  /// Since our own last success there; nothing where there was none.
  std::optional<std::chrono::milliseconds> since_success;
  /// Nobody else acts on this tenant and its clock is ours: a mock's tenant of the test's own.
  bool exclusive = false;
  /// A wait could not be established, so that `since_success` is in doubt.
  bool clock_in_doubt = false;
};

/// On an exclusive tenant every condition is known; elsewhere only that a window after our own
/// success is open.
Truth Holds(const Condition& condition, const Contract& contract, const TenantKnowledge& known);

/// The answers that the contract can promise to a proper request, in written order up to the
/// first whose condition is known to hold.
std::vector<const ResponseRule*> PossibleAnswers(const Contract& contract,
                                                 const TenantKnowledge& known);

}  // namespace conform
