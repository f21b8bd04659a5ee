// How a test stood over time, in a few figures.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "history/run_store.h"

namespace conform {

struct CaseTimeline {
  std::string series;
  std::string test;                        ///< `suite.name`.
  std::vector<const CaseResult*> results;  ///< oldest first.
  std::optional<std::chrono::system_clock::time_point> last_pass;
  std::size_t flips = 0;  ///< how often its outcome was another than in the run before.
  /// Of the exchanges that were answered; nothing where none was.
  std::optional<std::chrono::microseconds> p50;
  std::optional<std::chrono::microseconds> p95;
};

/// One for each test of each series, in the order first seen. `results` outlives them.
std::vector<CaseTimeline> MakeTimelines(const std::vector<CaseResult>& results);

/// For a terminal: first seen, last pass, flips, latency, and each time its outcome became another.
std::string RenderTimeline(const CaseTimeline& timeline);
/// All of it, a result a member.
std::string RenderTimelinesJson(const std::vector<CaseTimeline>& timelines);

}  // namespace conform
