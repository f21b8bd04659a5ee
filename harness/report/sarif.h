// A run record as SARIF 2.1.0, for whatever shows findings beside the lines they are about.
#pragma once

#include <cstddef>
#include <string>

#include "record/run_record.h"
#include "report/conclusion.h"

namespace conform {

inline constexpr const char* kSarifName = "run.sarif";

struct SarifLimits {
  /// GitHub takes 25,000 results of a run. Broken musts are kept first.
  std::size_t most_results = 25'000;
  std::size_t most_notifications = 1'000;
};

/// A rule for each clause, a result for each finding: at its place in the case file, relative to
/// SRCROOT, as error where a must was broken and as warning where a should was; what a deviation
/// accepts is suppressed. Its fingerprint is of the clause, the case with its row, the step and
/// what was broken, never of values, so that it is the same from run to run. Tests that could not
/// be told, did not run or were skipped are notifications of the invocation, as is what was left
/// out for the limits, and each reason of `conclusion`: an error where the exit code is 2 or 3,
/// when the invocation was no success either.
std::string RenderSarif(const RunRecord& record, const Conclusion& conclusion,
                        const SarifLimits& limits = {});

}  // namespace conform
