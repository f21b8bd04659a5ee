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
  // In place: a run may be of 100,000 tests.
  std::unordered_map<int, std::size_t> places;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    const auto [place, is_new] = places.try_emplace(tests[i].position, kept);
    if (is_new) {
      if (kept != i) tests[kept] = std::move(tests[i]);
      ++kept;
    } else if (IsWorse(tests[i].verdict.outcome, tests[place->second].verdict.outcome)) {
      tests[place->second] = std::move(tests[i]);
    }
  }
  tests.resize(kept);
  return tests;
}

std::size_t CountTests(const RunRecord& record, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(record.tests.begin(), record.tests.end(),
                    [outcome](const TestRecord& test) { return test.verdict.outcome == outcome; }));
}

void AppendNotRun(std::size_t count, const std::function<TestRecord(std::size_t)>& planned,
                  std::vector<TestRecord>& tests) {
  std::vector<bool> present(count);
  for (const TestRecord& test : tests) {
    const auto position = static_cast<std::size_t>(test.position);
    if (position < count) present[position] = true;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!present[i]) tests.push_back(planned(i));
  }
}

}  // namespace conform
