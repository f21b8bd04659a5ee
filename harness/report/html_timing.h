// How long the exchanges of a run took: a small chart, and the same in words.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// How many durations lie at or above `from` and below `to`.
struct TimingBar {
  std::chrono::microseconds from{0};
  std::chrono::microseconds to{0};
  std::size_t count = 0;
};

/// Bars from 20 to 50 µs, 50 to 100, 100 to 200, …: from the shortest duration to the longest, none
/// left out between; below 20 µs is one. Of durations from 0 to eleven days.
std::vector<TimingBar> CountDurations(const std::vector<std::chrono::microseconds>& durations);

void WriteTiming(const HtmlRun& run, HtmlWriter& out);

}  // namespace conform
