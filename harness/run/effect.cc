#include "run/effect.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "case/text_template.h"

namespace conform {

bool IsSafe(std::string_view method) {
  constexpr std::array<std::string_view, 4> kSafe = {"GET", "HEAD", "OPTIONS", "TRACE"};
  return std::find(kSafe.begin(), kSafe.end(), method) != kSafe.end();
}

bool MayHaveEffect(const Test& test) {
  Scope scope;
  scope.columns = &test.test_case->columns;
  scope.row = test.row == nullptr ? nullptr : &test.row->values;
  const auto& steps = test.test_case->steps;
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    if (step.wait) return false;
    const Expected<std::string> method = Resolve(step.request.method.text, scope);
    return !method || !IsSafe(*method);
  });
}

std::chrono::milliseconds TotalWait(const Case& test_case) {
  std::chrono::milliseconds total{0};
  for (const Step& step : test_case.steps) {
    total += step.wait.value_or(std::chrono::milliseconds(0));
    if (step.poll) total += step.poll->limit;
  }
  return total;
}

}  // namespace conform
