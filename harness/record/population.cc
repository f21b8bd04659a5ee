#include "record/population.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace conform {
namespace {

constexpr std::array kWorstFirst = {Outcome::kFail,      Outcome::kInconclusive, Outcome::kWarn,
                                    Outcome::kDeviation, Outcome::kPass,         Outcome::kSkip,
                                    Outcome::kNotRun};
static_assert(kWorstFirst.size() == kOutcomes.size());

bool IsWorse(Outcome outcome, Outcome than) {
  const auto rank = [](Outcome of) {
    return std::find(kWorstFirst.begin(), kWorstFirst.end(), of) - kWorstFirst.begin();
  };
  return rank(outcome) < rank(than);
}

}  // namespace

std::vector<TestRecord> MergeRepeats(std::vector<TestRecord> tests) {
  std::vector<TestRecord> merged;
  merged.reserve(tests.size());
  std::unordered_map<std::string, std::size_t> places;
  for (TestRecord& test : tests) {
    const auto [place, is_new] = places.try_emplace(test.Id(), merged.size());
    if (is_new) {
      merged.push_back(std::move(test));
    } else if (IsWorse(test.verdict.outcome, merged[place->second].verdict.outcome)) {
      merged[place->second] = std::move(test);
    }
  }
  return merged;
}

void AppendNotRun(const std::vector<TestRecord>& planned, std::string_view reason,
                  std::vector<TestRecord>& tests) {
  std::unordered_set<std::string> present;
  for (const TestRecord& test : tests) present.insert(test.Id());
  for (const TestRecord& test : planned) {
    if (!present.insert(test.Id()).second) continue;
    TestRecord& added = tests.emplace_back(test);
    added.verdict = Verdict{};
    added.verdict.reason = reason;
  }
}

}  // namespace conform
