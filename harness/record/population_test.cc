#include "record/population.h"

#include <gtest/gtest.h>

#include <ostream>

#include "record/example_record.h"

namespace conform {
namespace {

/// `a fail, b pass (reason)`.
std::string Describe(const TestRecords& tests) {
  std::string text;
  for (const TestRecord& test : tests) {
    text +=
        (text.empty() ? "" : ", ") + test.name + " " + std::string(NameOf(test.verdict.outcome));
    if (!test.verdict.reason.empty()) text += " (" + test.verdict.reason + ")";
  }
  return text;
}

struct Repeats {
  const char* name;
  TestRecords tests;
  const char* merged;
};

void PrintTo(const Repeats& row, std::ostream* out) { *out << row.name; }

class RepeatedTests : public testing::TestWithParam<Repeats> {};

TEST_P(RepeatedTests, KeepTheWorst) {
  TestRecords tests;
  Population population(tests);
  for (const TestRecord& test : GetParam().tests) {
    if (population.Wants(test)) population.Add(test);
  }
  EXPECT_EQ(Describe(tests), GetParam().merged);
}

/// Its position is that of its letter.
TestRecord Ran(const char* name, Outcome outcome, const char* reason = "") {
  TestRecord test = ExampleTest(name, outcome, reason);
  test.position = name[0] - 'a';
  return test;
}

const Repeats kRepeats[] = {
    {"NoneOfNone", {}, ""},
    {"EachInItsFirstPlace",
     {Ran("a", Outcome::kPass), Ran("b", Outcome::kPass), Ran("a", Outcome::kFail)},
     "a fail, b pass"},
    {"TheFirstOfEqualOnes",
     {Ran("a", Outcome::kFail, "first"), Ran("a", Outcome::kFail, "second")},
     "a fail (first)"},
    {"FailOverInconclusive",
     {Ran("a", Outcome::kInconclusive), Ran("a", Outcome::kFail)},
     "a fail"},
    {"InconclusiveOverWarn",
     {Ran("a", Outcome::kWarn), Ran("a", Outcome::kInconclusive)},
     "a inconclusive"},
    {"WarnOverDeviation", {Ran("a", Outcome::kDeviation), Ran("a", Outcome::kWarn)}, "a warn"},
    {"DeviationOverPass", {Ran("a", Outcome::kDeviation), Ran("a", Outcome::kPass)}, "a deviation"},
    {"PassOverSkip", {Ran("a", Outcome::kSkip), Ran("a", Outcome::kPass)}, "a pass"},
    {"SkipOverNotRun", {Ran("a", Outcome::kNotRun), Ran("a", Outcome::kSkip)}, "a skip"},
};

INSTANTIATE_TEST_SUITE_P(Population, RepeatedTests, testing::ValuesIn(kRepeats),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(AppendNotRun, AddsWhatIsNotThereInPlannedOrder) {
  TestRecords tests = {Ran("b", Outcome::kPass)};
  const std::vector<TestRecord> planned = {Ran("a", Outcome::kNotRun, "fail-fast"),
                                           Ran("b", Outcome::kNotRun, "fail-fast"),
                                           Ran("c", Outcome::kNotRun, "fail-fast")};
  AppendNotRun(
      planned.size(), [&](std::size_t i) { return planned[i]; }, tests);
  EXPECT_EQ(Describe(tests), "b pass, a not_run (fail-fast), c not_run (fail-fast)");
}

}  // namespace
}  // namespace conform
