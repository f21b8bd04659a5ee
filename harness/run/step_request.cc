#include "run/step_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "case/request_path.h"
#include "run/request_builder.h"

namespace conform {
namespace {

bool IsEvidence(const Test& test, std::size_t step) {
  const auto& evidence = test.plan->evidence;
  return std::any_of(evidence.begin(), evidence.end(),
                     [step](const Evidence& each) { return each.step == step; });
}

}  // namespace

Expected<Request> BuildStepRequest(const Test& test, std::size_t step, const Scope& scope,
                                   const Origin& origin) {
  const RequestSpec& spec = test.test_case->steps[step].request;
  auto request = BuildRequest(spec, scope, origin);
  if (!request || !IsToldByRun(spec.path.text) || !IsEvidence(test, step)) return request;
  const Contract& contract = *test.plan->contracts[step];
  const std::string path = request->target.substr(0, request->target.find('?'));
  if (MatchesAnyPath(contract, path)) return request;
  return Fail(
      fmt::format("'{}' is {} here, which is no path of {} ({}{}): none of its clauses "
                  "would be judged, and nothing is sent",
                  spec.path.text, ShowLine(path), contract.operation, contract.ServerPath(),
                  contract.paths.front()));
}

}  // namespace conform
