#include "mock/tenant_states.h"

#include "mock/clock_advance.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

// How long the condition still holds, or nothing where it does not.
std::optional<milliseconds> TimeLeft(const Contract& contract, const Condition& condition,
                                     milliseconds since_success, const Faults& faults) {
  milliseconds lasts{0};
  // Told in words alone: the mock brings it about for nobody.
  if (condition.kind == Condition::Kind::kStated) return std::nullopt;
  if (condition.kind == Condition::Kind::kWhile) {
    const auto found = contract.mock_lasts.find(condition.state);
    if (found != contract.mock_lasts.end()) lasts = found->second;
  } else if (condition.kind == Condition::Kind::kWithin) {
    if (faults.Has(Lapse::kWithinNeverEnds)) return condition.window;
    lasts = condition.window;
  }
  if (since_success >= lasts) return std::nullopt;
  return lasts - since_success;
}

bool IsIgnored(const Condition& condition, const Faults& faults) {
  return faults.Has(condition.kind == Condition::Kind::kWhile ? Lapse::kWhileIgnored
                                                              : Lapse::kWithinIgnored);
}

}  // namespace

bool TenantStates::Advance(std::string_view tenant, milliseconds by) {
  return states_.With(tenant, [by](State& state) { return MoveOn(state.ahead, by); });
}

Promise TenantStates::Try(const Contract& contract, std::string_view tenant, Time now,
                          const Faults& faults) {
  if (tenant.empty()) return Promise{&contract.Success(), std::nullopt};
  return states_.With(
      tenant, [&](State& state) { return TryAt(contract, state, now + state.ahead, faults); });
}

Promise TenantStates::TryAt(const Contract& contract, State& state, Time now,
                            const Faults& faults) {
  Promise success{&contract.Success(), std::nullopt};
  const auto last = state.last_success.find(contract.operation);
  if (last != state.last_success.end()) {
    const auto since = std::chrono::duration_cast<milliseconds>(now - last->second);
    for (const ResponseRule& response : contract.responses) {
      const auto left = TimeLeft(contract, response.when, since, faults);
      if (!left) continue;
      // Served, not answered by the next condition: a fault is to be seen as what it is.
      if (IsIgnored(response.when, faults)) break;
      return Promise{&response, left};
    }
    success.before = last->second;
  }
  state.last_success.insert_or_assign(contract.operation, now);
  return success;
}

void TenantStates::Withdraw(const Contract& contract, std::string_view tenant,
                            const Promise& promise) {
  if (tenant.empty() || promise.left) return;
  states_.With(tenant, [&](State& state) {
    if (promise.before) {
      state.last_success.insert_or_assign(contract.operation, *promise.before);
    } else {
      state.last_success.erase(contract.operation);
    }
  });
}

std::optional<milliseconds> TenantStates::SinceSuccess(std::string_view operation,
                                                       std::string_view tenant, Time now) {
  return states_.WithKnown(tenant, [&](const State* state) -> std::optional<milliseconds> {
    if (state == nullptr) return std::nullopt;
    const auto last = state->last_success.find(operation);
    if (last == state->last_success.end()) return std::nullopt;
    return std::chrono::duration_cast<milliseconds>(now + state->ahead - last->second);
  });
}

}  // namespace conform
