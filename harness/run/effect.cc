#include "run/effect.h"

#include <algorithm>

#include "base/http_text.h"
#include "case/text_template.h"

namespace conform {

bool RequestMayHaveEffect(const RequestSpec& request, const Scope& scope) {
  if (request.HasUnframedContent()) return true;
  const Expected<std::string> method = Resolve(request.method.text, scope);
  return !method || !IsSafeMethod(*method);
}

bool StepMayHaveEffect(const Step& step, const Scope& scope) {
  return !step.wait && RequestMayHaveEffect(step.request, scope);
}

bool MayHaveEffect(const Test& test) {
  Scope scope;
  scope.columns = &test.test_case->columns;
  scope.row = test.row == nullptr ? nullptr : &test.row->values;
  return EffectsOf(*test.test_case, scope) > 0;
}

int EffectsOf(const Case& test_case, const Scope& scope) {
  const auto& steps = test_case.steps;
  return static_cast<int>(std::count_if(steps.begin(), steps.end(), [&](const Step& step) {
    return StepMayHaveEffect(step, scope);
  }));
}

std::chrono::milliseconds TotalWait(const Case& test_case) {
  std::chrono::milliseconds total{0};
  for (const Step& step : test_case.steps) {
    total += step.wait.value_or(std::chrono::milliseconds(0));
    if (step.poll) total += step.poll->limit;
    if (step.settle) total += step.settle->limit;
  }
  return total;
}

}  // namespace conform
