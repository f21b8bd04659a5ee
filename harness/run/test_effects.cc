// What of a test has an effect on a tenant: it is counted, and waits for the effect before it.
#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "run/effect.h"
#include "run/test_runner.h"

namespace conform {
namespace {

/// Why a request with an effect is not sent.
std::string DescribeEffect(const Step& step, const Scope& scope, const std::string& trouble) {
  const auto method = Resolve(step.request.method.text, scope);
  return fmt::format("{} has an effect on a tenant; {}: allow more with --allow-effects",
                     method.value_or("it"), trouble);
}

}  // namespace

bool TestRunner::AwaitQuiet(const Test& test, std::size_t index, TestProgress& progress) {
  const Contract& contract = *test.plan->contracts[index];
  const TenantKnowledge known = KnowledgeOf(contract, progress);
  for (const ResponseRule& response : contract.responses) {
    const bool waits_out = response.when.kind == Condition::Kind::kWithin &&
                           test.plan->expects_success == contract.operation &&
                           test.test_case->steps.size() == 1;
    if (!waits_out || Holds(response.when, contract, known) != Truth::kTrue) continue;
    const auto left = response.when.window - *known.since_success;
    if (left > limits_.patience) {
      return progress.End(
          Outcome::kSkip,
          fmt::format("the last success was {} ago and {} is answered within {}: allow the wait "
                      "with --patience",
                      FormatDuration(*known.since_success), response.status,
                      FormatDuration(response.when.window)));
    }
    clock_.Sleep(left);
    progress.token_aged = true;
    if (IsStopped(progress)) return false;
  }
  return true;
}

/// One for each of its steps, before the first request: nothing is begun that could not be ended or
/// taken away again.
bool TestRunner::KeepEffects(const Test& test, TestProgress& progress) {
  if (!target_.is_tenant()) return true;
  const auto& steps = test.test_case->steps;
  const auto first = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
    return StepMayHaveEffect(step, progress.scope);
  });
  if (first == steps.end()) return true;
  const int effects = EffectsOf(*test.test_case, progress.scope);
  const auto kept = effects_.Take(effects);
  if (!kept) {
    return progress.End(Outcome::kSkip,
                        DescribeEffect(*first, progress.scope, kept.error().message));
  }
  progress.kept_effects = effects;
  return true;
}

/// What a step asks for again is taken of what nobody has kept.
bool TestRunner::TakeEffect(StepProgress& step, TestProgress& progress) {
  if (!step.paid && progress.kept_effects > 0) {
    --progress.kept_effects;
    return step.paid = true;
  }
  const auto taken = effects_.Take(1);
  if (taken) return true;
  return progress.End(Outcome::kInconclusive,
                      DescribeEffect(*step.step, progress.scope, taken.error().message));
}

}  // namespace conform
