#include "report/shared_cause.h"

#include <algorithm>
#include <map>

#include "record/population.h"

namespace conform {

bool IsUnanswered(const TestRecord& test) {
  if (test.verdict.outcome != Outcome::kInconclusive || !test.verdict.findings.empty())
    return false;
  if (test.exchanges.empty()) return false;
  const ExchangeRecord& last = test.exchanges.back();
  return last.status_line.empty() && !last.trouble.empty();
}

std::string CauseOf(const TestRecord& test) {
  return IsUnanswered(test) ? test.exchanges.back().trouble : test.verdict.reason;
}

SharedCause FindSharedCause(const RunRecord& record) {
  std::map<std::string, std::size_t> causes;
  for (const TestRecord& test : record.tests) {
    if (test.verdict.outcome == Outcome::kInconclusive) ++causes[CauseOf(test)];
  }
  const std::size_t all = CountTests(record, Outcome::kInconclusive);
  for (const auto& [text, count] : causes) {
    if (2 * count > all) return {text, count};
  }
  return {};
}

bool WasAnswered(const RunRecord& record) {
  return std::any_of(record.tests.begin(), record.tests.end(), [](const TestRecord& test) {
    return !test.verdict.judged.empty() ||
           std::any_of(test.exchanges.begin(), test.exchanges.end(),
                       [](const ExchangeRecord& each) { return !each.status_line.empty(); });
  });
}

}  // namespace conform
