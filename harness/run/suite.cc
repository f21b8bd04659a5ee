#include "run/suite.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "run/gtest_settings.h"
#include "run/test_filter.h"

namespace conform {
namespace {

/// Shared by the registered tests and the listener of one RunSuite.
struct SuiteState {
  const SuiteCalls* calls = nullptr;
  std::vector<std::pair<const testing::TestInfo*, const Test*>>
      tests;  ///< by GoogleTest's address.
};

void Tell(const TestRecord& record) {
  const Verdict& verdict = record.verdict;
  switch (verdict.outcome) {
    case Outcome::kPass:
    case Outcome::kWarn:
    case Outcome::kDeviation:
      return;
    case Outcome::kSkip:
    case Outcome::kNotRun:
      GTEST_SKIP_(verdict.reason.c_str());
      return;
    case Outcome::kInconclusive:
      ADD_FAILURE_AT(record.path.c_str(), record.line) << "inconclusive: " << verdict.reason;
      return;
    case Outcome::kFail:
      if (verdict.findings.empty()) {
        ADD_FAILURE_AT(record.path.c_str(), record.line) << verdict.reason;
      }
      for (const Finding& finding : verdict.findings) {
        if (!finding.deviation.empty()) continue;
        ADD_FAILURE_AT(finding.path.c_str(), finding.span.line)
            << finding.message << " (" << finding.clause.id << ")";
      }
      return;
  }
}

class RegisteredTest : public testing::Test {
 public:
  RegisteredTest(const conform::Test& test, SuiteState& state) : test_(test), state_(state) {}

 private:
  void TestBody() override { Tell(state_.calls->run(test_)); }

  const conform::Test& test_;
  SuiteState& state_;
};

/// Learns what will run, and keeps GoogleTest's own printing off the console.
class Listener : public testing::EmptyTestEventListener {
 public:
  explicit Listener(SuiteState& state) : state_(state) {}

 private:
  using Tests = std::vector<const conform::Test*>;

  const conform::Test* FindTest(const testing::TestInfo& info) const {
    return std::lower_bound(state_.tests.begin(), state_.tests.end(), &info,
                            [](const auto& each, const testing::TestInfo* searched) {
                              return std::less<>()(each.first, searched);
                            })
        ->second;
  }

  void AddSelected(const testing::TestSuite& suite, Tests& tests) const {
    for (int i = 0; i < suite.total_test_count(); ++i) {
      const testing::TestInfo& info = *suite.GetTestInfo(i);
      if (info.should_run()) tests.push_back(FindTest(info));
    }
  }

  void OnTestIterationStart(const testing::UnitTest& unit_test, int iteration) override {
    Tests planned;
    for (int i = 0; i < unit_test.total_test_suite_count(); ++i) {
      AddSelected(*unit_test.GetTestSuite(i), planned);
    }
    if (iteration == 0) state_.calls->start(planned, CountSelected());
    if (!GTEST_FLAG_GET(shuffle)) state_.calls->plan(planned);
  }

  void OnTestSuiteStart(const testing::TestSuite& suite) override {
    if (!GTEST_FLAG_GET(shuffle)) return;
    Tests planned;
    AddSelected(suite, planned);
    state_.calls->plan(planned);
  }

  std::size_t CountSelected() const {
    const std::string filter = GTEST_FLAG_GET(filter);
    if (filter == "*") return state_.tests.size();
    return static_cast<std::size_t>(
        std::count_if(state_.tests.begin(), state_.tests.end(),
                      [&](const auto& each) { return MatchesFilter(filter, each.second->Id()); }));
  }

  SuiteState& state_;
};

}  // namespace

Expected<void> RunSuite(const std::vector<Test>& tests,
                        const std::vector<std::string>& gtest_arguments, const SuiteCalls& calls) {
  const auto read = InitGtest(gtest_arguments);
  if (!read) return read;

  SuiteState state;
  state.calls = &calls;
  state.tests.reserve(tests.size());
  const Contract* last = nullptr;
  std::string suite;
  for (const Test& test : tests) {
    if (test.contract != last) suite = test.Suite();
    last = test.contract;
    const testing::TestInfo* info = testing::RegisterTest(
        suite.c_str(), test.Name().c_str(), nullptr, nullptr, test.Path().c_str(), test.Line(),
        [&test, &state]() -> RegisteredTest* { return new RegisteredTest(test, state); });
    state.tests.emplace_back(info, &test);
  }
  std::sort(state.tests.begin(), state.tests.end(),
            [](const auto& a, const auto& b) { return std::less<>()(a.first, b.first); });
  testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new Listener(state));
  const int unused = RUN_ALL_TESTS();  // the exit code is made of the record
  static_cast<void>(unused);
  return {};
}

}  // namespace conform
