// What changed between two runs, test by test.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "history/kept_run.h"
#include "history/run_change.h"

namespace conform {

/// Of the exchanges of one operation that both runs called. Shown, and never a change.
struct LatencyLine {
  std::string operation;
  std::chrono::microseconds before_p50{0};
  std::chrono::microseconds before_p95{0};
  std::chrono::microseconds now_p50{0};
  std::chrono::microseconds now_p95{0};
};

struct RunDifference {
  std::vector<RunChange> changes;  ///< none: the same.
  std::vector<std::string> notes;  ///< what could not be compared, and why; a sentence each.
  std::vector<LatencyLine> latency;
};

/// A test that was edited is compared by its outcome alone, and says so; a test that one side left
/// out is none that came or went.
RunDifference DiffRuns(const KeptRun& before, const KeptRun& now);

/// The duration that `percent` of them do not pass; zero where there is none.
std::chrono::microseconds PercentileOf(std::vector<std::chrono::microseconds> durations,
                                       std::size_t percent);

/// What explains that a test differs: `its case was edited`, `its contract was edited`, or empty.
std::string EditNote(const TestDefinition& before, const TestDefinition& now);

}  // namespace conform
