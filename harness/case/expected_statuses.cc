#include "case/expected_statuses.h"

namespace conform {

StatusSet ExpectedStatuses(const Step& step, const Scope& scope) {
  StatusSet expected;
  for (const Expectation& expectation : step.expectations) {
    for (const TextTemplate& status : expectation.statuses) {
      expected.Add(Resolve(status.text, scope).value_or(""));
    }
  }
  return expected;
}

}  // namespace conform
