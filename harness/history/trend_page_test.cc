#include "history/trend_page.h"

#include <gtest/gtest.h>

#include "history/sample_kept_run.h"

namespace conform {
namespace {

std::vector<Trend> ThreeDays() {
  Trend trend;
  trend.series = "global <b>";
  for (int day = 0; day < 3; ++day) trend.runs.push_back(SampleKeptRun(day));
  for (int i = 0; i < 3; ++i) trend.runs[static_cast<std::size_t>(i)].number = i + 1;
  BreakStatus(trend.runs[1].tests[0]);
  trend.runs[1].tests[0].findings[0].message = "</svg><script>alert(1)</script>";
  KeptTest later = SampleKeptTest("documented");
  later.id = "things_sync/2025_01.documented";
  later.edition = "2025-01";
  trend.runs[2].tests.push_back(later);
  return {trend};
}

TEST(TrendPage, ShowsEachTestAsARowOfItsRuns) {
  const std::string page = RenderTrendPage(ThreeDays());
  EXPECT_NE(page.find("aria-label=\"1 of 3 runs fail, 2 of 3 runs pass\""), std::string::npos)
      << page.substr(page.find("<main"));
  EXPECT_NE(page.find("2026-03-01T06:00:00.000Z pass"), std::string::npos);
  EXPECT_NE(page.find("p50 20 ms, p95 40 ms"), std::string::npos);
}

TEST(TrendPage, MarksTheRunThatFirstJudgedAnEdition) {
  const std::string page = RenderTrendPage(ThreeDays());
  EXPECT_NE(page.find("This edition was first judged in run 3, 2026-03-03T06:00:00.000Z"),
            std::string::npos);
  EXPECT_NE(page.find("<path class=\"mark\" d=\"M18 0V24\">"), std::string::npos);
}

TEST(TrendPage, IsStrictAndShowsNoMarkupOfTheService) {
  const std::string page = RenderTrendPage(ThreeDays());
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("http://"), std::string::npos);
  EXPECT_NE(page.find("default-src &#39;none&#39;; style-src &#39;sha256-"), std::string::npos);
  EXPECT_NE(page.find("global &lt;b&gt;"), std::string::npos);
  EXPECT_NE(RenderTrendPage({}).find("No run is kept yet."), std::string::npos);
}

}  // namespace
}  // namespace conform
