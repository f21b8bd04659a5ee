#include "record/population.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
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

bool Population::Wants(const TestRecord& test) const {
  const auto place = places_.find(test.position);
  return place == places_.end() ||
         IsWorse(test.verdict.outcome, tests_[place->second].verdict.outcome);
}

TestRecord& Population::Add(TestRecord test) {
  const auto [place, is_new] = places_.try_emplace(test.position, tests_.size());
  if (is_new) return tests_.emplace_back(std::move(test));
  return tests_[place->second] = std::move(test);
}

std::size_t CountTests(const RunRecord& record, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(record.tests.begin(), record.tests.end(),
                    [outcome](const TestRecord& test) { return test.verdict.outcome == outcome; }));
}

void AppendNotRun(std::size_t count, const std::function<TestRecord(std::size_t)>& planned,
                  TestRecords& tests) {
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
