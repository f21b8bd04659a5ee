// A run record as a Markdown page for a CI job's summary: the verdict, then what to act on.
#pragma once

#include <cstddef>
#include <string>

#include "record/run_record.h"

namespace conform {

inline constexpr const char* kSummaryName = "summary.md";

struct SummaryOptions {
  std::string
      verdict;  ///< what the exit code says, and why: `nonconformance (1 of 2 tests failed)`.
  const RunRecord* baseline = nullptr;  ///< an earlier run to compare with, or null.
  /// GitHub takes 1 MiB of a step, and people a screen or two.
  std::size_t max_bytes = 60'000;
};

/// Verdict, what a mock proves, counts; failures with expected, actual and place; with a baseline
/// those that are new, that fail still, and that were fixed; then what was inconclusive, warned of,
/// accepted or not run, and clauses. Never longer than `max_bytes`, unless the verdict and counts
/// alone are; what was cut says how many more there are. Whatever text of files or of the service
/// stands in it is neither Markdown nor HTML nor a CI command.
std::string RenderSummary(const RunRecord& record, const SummaryOptions& options);

}  // namespace conform
