// A run record as a JUnit file, for whatever shows test results.
#pragma once

#include <cstddef>
#include <string>

#include "record/run_record.h"
#include "report/conclusion.h"

namespace conform {

inline constexpr const char* kJunitName = "junit.xml";

/// What keeps a large file readable.
struct JunitLimits {
  std::size_t most_with_all_properties = 10'000;  ///< tests; above, those of passes are left out.
  std::size_t max_bytes = 30'000'000;             ///< above, more is left out, step by step.
};

/// A `<testsuite>` a suite, in the order they began, a `<testcase>` a test: fail is `<failure>`,
/// inconclusive `<error>`, skip and not_run `<skipped>`; warn and deviation pass, as does a failure
/// that `baseline` knows, and their `<system-out>` says what was found. Without one null. Counts
/// are those of the elements written. Legal XML 1.0 in UTF-8 whatever bytes the record holds. What
/// was left out for the limits is told in each suite's property `left_out`; a test always keeps its
/// `<testcase>`, its outcome and the start of its message. What makes the whole run 2 or 3, and no
/// test shows red, is the `<error>` of a last suite `conform` with the one testcase `run`.
std::string RenderJunit(const RunRecord& record, const Conclusion& conclusion,
                        const RunRecord* baseline = nullptr, const JunitLimits& limits = {});

}  // namespace conform
