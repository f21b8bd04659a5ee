// What the mock remembers of each tenant: its clock, and when which operation last succeeded.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "contract/contract.h"
#include "mock/fault.h"
#include "mock/tenant_map.h"

namespace conform {

/// The response that a contract promises at this moment.
struct Promise {
  const ResponseRule* response;
  /// How long its condition goes on; nothing for the success.
  std::optional<std::chrono::milliseconds> left;
  /// When the operation last succeeded before this success.
  std::optional<std::chrono::system_clock::time_point> before = {};
};

/// Tests have a tenant each and so never disturb one another. Safe to use from several threads.
class TenantStates {
 public:
  using Time = std::chrono::system_clock::time_point;

  /// Moves the tenant's clock on, ahead of the real one. False, and nothing changed, where that
  /// were too far.
  bool Advance(std::string_view tenant, std::chrono::milliseconds by);

  /// Tries the contract's conditions in their order against the tenant's past. Where none holds
  /// that is a success, and remembered. An empty tenant has no past.
  Promise Try(const Contract& contract, std::string_view tenant, Time now, const Faults& faults);

  /// What was promised as a success was none, for a reason of another kind.
  void Withdraw(const Contract& contract, std::string_view tenant, const Promise& promise);

  /// How long ago the operation last succeeded; nothing where it never did.
  std::optional<std::chrono::milliseconds> SinceSuccess(std::string_view operation,
                                                        std::string_view tenant, Time now);

  /// The tenant has no past any more, and its clock is the real one.
  void Forget(std::string_view tenant) { states_.Forget(tenant); }

 private:
  struct State {
    std::chrono::milliseconds ahead{0};
    std::map<std::string, Time, std::less<>> last_success;  // by operation, on the tenant's clock.
  };

  static Promise TryAt(const Contract& contract, State& state, Time now, const Faults& faults);

  TenantMap<State> states_;
};

}  // namespace conform
