#include "run/pipelined.h"

#include <algorithm>

#include "run/tenant_pool.h"

namespace conform {

bool IsPipelined(const Test& test) {
  const Case& tested = *test.test_case;
  if (tested.steps.size() != 1 || tested.limit) return false;
  const Step& step = tested.steps.front();
  const bool is_timed =
      std::find(step.observe.begin(), step.observe.end(), "duration") != step.observe.end();
  if (is_timed || !IsStateless(test)) return false;
  return !step.wait && !step.poll && !step.settle && !step.follow && !step.cleans_up;
}

}  // namespace conform
