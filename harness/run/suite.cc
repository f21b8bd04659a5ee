#include "run/suite.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>
#include <optional>
#include <utility>

#include "base/utf8.h"
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

/// Nothing where it is not set.
Expected<std::optional<int>> ReadVariable(const char* name) {
  const char* const set = std::getenv(name);
  if (set == nullptr) return std::nullopt;
  const std::string_view text(set);
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return Fail(fmt::format("{} must be a whole number, not '{}'", name, ShowLine(text)));
  }
  return value;
}

}  // namespace

Expected<void> RunSuite(const std::vector<Test>& tests, std::vector<std::string> gtest_arguments,
                        const SuiteCalls& calls) {
  const std::string given = fmt::format("{}", fmt::join(gtest_arguments, " "));
  std::vector<char*> arguments;
  std::string program = "conform";
  arguments.push_back(program.data());
  for (std::string& argument : gtest_arguments) arguments.push_back(argument.data());
  int count = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  testing::InitGoogleTest(&count, arguments.data());
  if (count > 1) return Fail(fmt::format("GoogleTest does not take: {}", given));
  if (GTEST_FLAG_GET(repeat) < 1) return Fail("--gtest_repeat: say how many times");

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

std::string SelectionFilter() { return GTEST_FLAG_GET(filter); }

int ShuffleSeed() {
  return GTEST_FLAG_GET(shuffle) ? testing::UnitTest::GetInstance()->random_seed() : 0;
}

bool Repeats() { return GTEST_FLAG_GET(repeat) != 1; }

bool EndsAtFailure() {
  return GTEST_FLAG_GET(break_on_failure) || GTEST_FLAG_GET(throw_on_failure);
}

bool OnlyListed() { return GTEST_FLAG_GET(list_tests); }

/// GoogleTest would end the program with 1 where they are wrong, as if the API had failed.
Expected<Shard> CurrentShard() {
  constexpr const char* kCount = "GTEST_TOTAL_SHARDS";
  constexpr const char* kIndex = "GTEST_SHARD_INDEX";
  const auto count = ReadVariable(kCount);
  if (!count) return tl::unexpected(count.error());
  const auto index = ReadVariable(kIndex);
  if (!index) return tl::unexpected(index.error());
  if (!*count && !*index) return Shard{};
  if (!*count || !*index) {
    return Fail(fmt::format("{} is set and {} is not: set both, or neither",
                            *count ? kCount : kIndex, *count ? kIndex : kCount));
  }
  if (**count < 1) return Fail(fmt::format("{} must be 1 or more, not {}", kCount, **count));
  if (**index >= 0 && **index < **count) return Shard{**index, **count};
  return Fail(
      fmt::format("{} must be a number from 0 to {}, below {}", kIndex, **count - 1, kCount));
}

}  // namespace conform
