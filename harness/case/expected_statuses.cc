#include "case/expected_statuses.h"

namespace conform {

void AddStatuses(const Expectation& expectation, const Scope& scope, StatusSet& expected) {
  for (const TextTemplate& status : expectation.statuses) {
    expected.Add(Resolve(status.text, scope).value_or(""));
  }
}

StatusSet ExpectedStatuses(const Step& step, const Scope& scope) {
  StatusSet expected;
  for (const Expectation& each : step.expectations) AddStatuses(each, scope, expected);
  return expected;
}

}  // namespace conform
