#include "run/baseline_gate.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

namespace conform {
namespace {

using FindingKey = std::tuple<std::string, std::string, std::string, std::string>;

std::set<FindingKey> FindingKeys(const TestRecord& test) {
  std::set<FindingKey> keys;
  for (const Finding& finding : test.verdict.findings) {
    if (!finding.deviation.empty()) continue;
    keys.emplace(test.Id(), finding.clause.id, finding.step, finding.subject);
  }
  return keys;
}

}  // namespace

std::size_t CountNewFailures(const RunRecord& record, const RunRecord& baseline) {
  std::set<FindingKey> known;
  for (const TestRecord& test : baseline.tests) known.merge(FindingKeys(test));
  const auto is_new = [&](const TestRecord& test) {
    if (test.verdict.outcome != Outcome::kFail) return false;
    const std::set<FindingKey> keys = FindingKeys(test);
    return std::any_of(keys.begin(), keys.end(),
                       [&](const FindingKey& key) { return known.count(key) == 0; });
  };
  return static_cast<std::size_t>(std::count_if(record.tests.begin(), record.tests.end(), is_new));
}

}  // namespace conform
