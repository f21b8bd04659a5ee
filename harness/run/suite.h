// The tests of a run as GoogleTest tests, each at its own file and line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "record/run_record.h"
#include "run/workspace.h"

namespace conform {

/// What a suite calls as GoogleTest goes through it.
struct SuiteCalls {
  /// Once, before the first test: which tests will run here, and how many are selected in all.
  std::function<void(const std::vector<const Test*>& planned, std::size_t selected)> start;
  /// Tests that will run next, in this order: all of a round, or a suite's where the tests are
  /// shuffled (GoogleTest tells the order of suites only as each begins).
  std::function<void(const std::vector<const Test*>& order)> plan;
  /// Runs one test. The record is read before the next call.
  std::function<const TestRecord&(const Test&)> run;
};

/// Registers every test, runs what GoogleTest selects and tells it each outcome: fail and
/// inconclusive are failures at the finding's line, skip and not_run are skipped.
/// Errors, and nothing ran: InitGtest's.
Expected<void> RunSuite(const std::vector<Test>& tests,
                        const std::vector<std::string>& gtest_arguments, const SuiteCalls& calls);

}  // namespace conform
