#include "history/case_timeline.h"

#include <gtest/gtest.h>

#include "history/sample_kept_run.h"

namespace conform {
namespace {

std::vector<CaseResult> FiveDays() {
  std::vector<CaseResult> results;
  for (int day = 0; day < 5; ++day) {
    CaseResult result;
    result.run = day + 1;
    result.started = SampleKeptRun(day).started;
    result.series = "global";
    result.test = "things_sync/2024_08.documented";
    result.kept = SampleKeptTest("documented");
    if (day == 2 || day == 3) BreakStatus(result.kept);
    if (day == 4) {
      result.kept.outcome = Outcome::kSkip;
      result.kept.reason = "no token";
      result.kept.durations.clear();
    }
    results.push_back(result);
  }
  return results;
}

TEST(CaseTimeline, TellsFirstSeenLastPassFlipsAndLatency) {
  const std::vector<CaseResult> results = FiveDays();
  const auto timelines = MakeTimelines(results);
  ASSERT_EQ(timelines.size(), 1u);
  EXPECT_EQ(RenderTimeline(timelines[0]),
            "things_sync/2024_08.documented  (global)\n"
            "  first seen  2026-03-01T06:00:00.000Z\n"
            "  last pass   2026-03-02T06:00:00.000Z\n"
            "  flips       2 in 5 runs\n"
            "  latency     half within 20 ms, 95 of 100 within 40 ms\n"
            "  2026-03-01T06:00:00.000Z  run 1     pass\n"
            "  2026-03-03T06:00:00.000Z  run 3     fail: status is 200, the contract promises 204 "
            "(sync.204)\n"
            "  2026-03-05T06:00:00.000Z  run 5     skip: no token\n");
}

TEST(CaseTimeline, HasNoLatencyWhereNothingWasAnswered) {
  std::vector<CaseResult> results = FiveDays();
  for (CaseResult& result : results) result.kept.durations.clear();
  const auto timelines = MakeTimelines(results);
  ASSERT_EQ(timelines.size(), 1u);
  EXPECT_NE(
      RenderTimeline(timelines[0]).find("  latency     not known: no exchange was answered\n"),
      std::string::npos);
  const std::string json = RenderTimelinesJson(timelines);
  EXPECT_NE(json.find("\"p50_us\": null,\n    \"p95_us\": null,\n"), std::string::npos) << json;
}

TEST(CaseTimeline, KeepsSeriesApart) {
  std::vector<CaseResult> results = FiveDays();
  results[2].series = "china";
  const auto timelines = MakeTimelines(results);
  ASSERT_EQ(timelines.size(), 2u);
  EXPECT_EQ(timelines[0].results.size(), 4u);
  EXPECT_EQ(timelines[1].last_pass, std::nullopt);
  const std::string json = RenderTimelinesJson(timelines);
  EXPECT_NE(json.find("\"last_pass\": null"), std::string::npos) << json;
  EXPECT_NE(json.find("\"p95_us\": 40000"), std::string::npos) << json;
}

}  // namespace
}  // namespace conform
