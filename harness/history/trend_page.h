// The trend page: every test a row of its last runs, in one file that needs nothing else.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "history/kept_run.h"
#include "history/run_store.h"

namespace conform {

/// How many runs a row shows.
inline constexpr std::size_t kTrendRuns = 60;

/// The newest runs of one series, oldest first.
struct Trend {
  std::string series;
  std::vector<KeptRun> runs;
};

/// Of every series that the store holds, at most kTrendRuns each.
Expected<std::vector<Trend>> LoadTrends(RunStore& store);

/// No script, nothing fetched, and as strict a policy as the report's.
std::string RenderTrendPage(const std::vector<Trend>& trends);

}  // namespace conform
