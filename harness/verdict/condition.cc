#include "verdict/condition.h"

namespace conform {
namespace {

Truth KnownAs(bool holds) { return holds ? Truth::kTrue : Truth::kFalse; }

}  // namespace

Truth Holds(const Condition& condition, const Contract& contract, const TenantKnowledge& known) {
  if (condition.kind == Condition::Kind::kSuccess) return Truth::kTrue;
  if (condition.kind == Condition::Kind::kStated) {
    return known.exclusive ? Truth::kFalse : Truth::kUnknown;
  }
  const bool within = condition.kind == Condition::Kind::kWithin;
  if (!known.exclusive || known.clock_in_doubt) {
    const bool open = within && known.since_success && *known.since_success < condition.window;
    return open && !known.clock_in_doubt ? Truth::kTrue : Truth::kUnknown;
  }
  if (!known.since_success) return Truth::kFalse;
  if (within) return KnownAs(*known.since_success < condition.window);
  const auto lasts = contract.mock_lasts.find(condition.state);
  return KnownAs(lasts != contract.mock_lasts.end() && *known.since_success < lasts->second);
}

std::vector<const ResponseRule*> PossibleAnswers(const Contract& contract,
                                                 const TenantKnowledge& known) {
  std::vector<const ResponseRule*> possible;
  for (const ResponseRule& response : contract.responses) {
    const Truth truth = Holds(response.when, contract, known);
    if (truth == Truth::kFalse) continue;
    possible.push_back(&response);
    if (truth == Truth::kTrue) break;
  }
  return possible;
}

}  // namespace conform
