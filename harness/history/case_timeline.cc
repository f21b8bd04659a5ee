#include "history/case_timeline.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/count_text.h"
#include "base/date.h"
#include "base/utf8.h"
#include "history/run_change.h"
#include "history/run_difference.h"
#include "history/run_difference_text.h"

namespace conform {
namespace {

void FillIn(CaseTimeline& timeline) {
  std::vector<std::chrono::microseconds> durations;
  std::optional<Outcome> before;
  for (const CaseResult* result : timeline.results) {
    const KeptTest& kept = result->kept;
    durations.insert(durations.end(), kept.durations.begin(), kept.durations.end());
    if (kept.outcome == Outcome::kPass) timeline.last_pass = result->started;
    if (before && *before != kept.outcome) ++timeline.flips;
    before = kept.outcome;
  }
  if (durations.empty()) return;
  timeline.p50 = PercentileOf(durations, 50);
  timeline.p95 = PercentileOf(durations, 95);
}

std::string DescribeLatency(const CaseTimeline& timeline) {
  if (!timeline.p50) return "not known: no exchange was answered";
  return fmt::format("half within {}, 95 of 100 within {}", ShowLatency(*timeline.p50),
                     ShowLatency(*timeline.p95));
}

nlohmann::json CountOrNull(const std::optional<std::chrono::microseconds>& time) {
  return time ? nlohmann::json(time->count()) : nlohmann::json();
}

/// Half of its exchanges that were answered took no longer.
std::optional<std::chrono::microseconds> MedianOf(const KeptTest& kept) {
  if (kept.durations.empty()) return std::nullopt;
  return PercentileOf(kept.durations, 50);
}

}  // namespace

std::vector<CaseTimeline> MakeTimelines(const std::vector<CaseResult>& results) {
  std::vector<CaseTimeline> timelines;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (const CaseResult& result : results) {
    const auto [found, fresh] =
        places.emplace(std::pair{result.series, result.test}, timelines.size());
    if (fresh) {
      CaseTimeline& timeline = timelines.emplace_back();
      timeline.series = result.series;
      timeline.test = result.test;
    }
    timelines[found->second].results.push_back(&result);
  }
  for (CaseTimeline& each : timelines) FillIn(each);
  return timelines;
}

std::string RenderTimeline(const CaseTimeline& timeline) {
  std::string text = fmt::format(
      "{}  ({})\n  first seen  {}\n  last pass   {}\n  flips       {} in {}\n  latency     {}\n",
      ShowLine(timeline.test), ShowLine(timeline.series),
      FormatTimestamp(timeline.results.front()->started),
      timeline.last_pass ? FormatTimestamp(*timeline.last_pass) : "never", timeline.flips,
      CountOf(timeline.results.size(), "run"), DescribeLatency(timeline));
  std::optional<Outcome> before;
  for (const CaseResult* result : timeline.results) {
    if (before && *before == result->kept.outcome) continue;
    before = result->kept.outcome;
    const std::string why = ShowLine(VerdictText(result->kept));
    text += fmt::format("  {}  run {:<5} {}{}\n", FormatTimestamp(result->started), result->run,
                        NameOf(result->kept.outcome), why.empty() ? "" : ": " + why);
  }
  return text;
}

std::string RenderTimelinesJson(const std::vector<CaseTimeline>& timelines) {
  using nlohmann::json;
  json whole = json::array();
  for (const CaseTimeline& timeline : timelines) {
    json results = json::array();
    for (const CaseResult* result : timeline.results) {
      results.push_back({{"run", result->run},
                         {"started", FormatTimestamp(result->started)},
                         {"outcome", NameOf(result->kept.outcome)},
                         {"why", VerdictText(result->kept)},
                         {"p50_us", CountOrNull(MedianOf(result->kept))}});
    }
    whole.push_back(
        {{"series", timeline.series},
         {"test", timeline.test},
         {"first_seen", FormatTimestamp(timeline.results.front()->started)},
         {"last_pass", timeline.last_pass ? json(FormatTimestamp(*timeline.last_pass)) : json()},
         {"flips", timeline.flips},
         {"p50_us", CountOrNull(timeline.p50)},
         {"p95_us", CountOrNull(timeline.p95)},
         {"results", std::move(results)}});
  }
  return whole.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace conform
