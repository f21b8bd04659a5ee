// The further pages of a collection, which a step asks for one by one.
#include <fmt/format.h>

#include "exchange/json_body.h"
#include "run/page_link.h"
#include "run/test_runner.h"

namespace conform {

bool TestRunner::FollowPage(const Test& test, StepProgress& step, TestProgress& progress) {
  Verdict& verdict = progress.record.verdict;
  const FollowSpec& follow = *step.step->follow;
  const nlohmann::json* next = FindNextPage(*step.exchange.last().response, follow.next);
  const auto observe = [&](std::string value) {
    verdict.observed.push_back({step.step->name, "pages", std::move(value)});
    return true;
  };
  if (next == nullptr) return observe(std::to_string(step.answers));
  const auto broken = [&](std::string expected) {
    return judge_.BreakStep(
        test, step.facts,
        {{"body" + follow.next, std::move(expected), ShowJson(*next), {}}, follow.span}, verdict);
  };
  if (!next->is_string()) return broken("an address");
  const auto target = TargetOfLink(next->get_ref<const std::string&>(), progress.client->origin(),
                                   step.exchange.last().request.target);
  if (!target) return broken(target.error().message);
  if (step.pages.count(*target) > 0) return broken("a page that did not come before");
  if (step.answers >= follow.max_pages) {
    return observe(fmt::format("{}, and more follow", step.answers));
  }
  step.page = *target;
  return step.again = true;
}

}  // namespace conform
