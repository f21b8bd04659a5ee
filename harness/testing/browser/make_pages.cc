// Writes the HTML reports of made-up runs into a folder, for the checks in a browser.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "history/sample_kept_run.h"
#include "history/trend_page.h"
#include "report/html.h"
#include "report/sample_run.h"

namespace conform {
namespace {

/// 1,000 tests, one in a hundred of which failed.
RunRecord MakeLargeRun() {
  RunRecord record = SampleFailingRun();
  const TestRecord failed = record.tests[0];
  const TestRecord passed = record.tests[1];
  record.tests.clear();
  for (int i = 0; i < 1'000; ++i) {
    record.tests.push_back(i % 100 == 0 ? failed : passed);
    record.tests.back().name += fmt::format("_{}", i);
    record.tests.back().position = i;
  }
  record.header.population = record.header.selected = 1'000;
  return record;
}

/// False: something could not be written.
bool WritePages(const RunRecord& record, const Conclusion& conclusion, const HtmlLimits& limits,
                const std::filesystem::path& folder) {
  const auto write = [&](std::string_view path, std::string_view bytes) -> Expected<void> {
    const std::filesystem::path target = folder / path;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream file(target, std::ios::binary);
    if (!file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
      return Fail("cannot write " + target.string());
    }
    return {};
  };
  const Expected<void> written =
      WriteHtml(record, EvidenceOf(record), conclusion, write, nullptr, limits);
  if (!written) std::cerr << written.error().message << '\n';
  return written.has_value();
}

/// Sixty runs of two series, some of which failed, and an edition that came on the way.
std::string MakeTrendPage() {
  std::vector<Trend> trends(2);
  for (int day = 0; day < 60; ++day) {
    KeptRun run = SampleKeptRun(day);
    run.number = day + 1;
    if (day % 7 == 3) BreakStatus(run.tests[0]);
    if (day % 11 == 5) run.tests[1].outcome = Outcome::kInconclusive;
    if (day > 40) {
      run.tests.push_back(SampleKeptTest("documented", Outcome::kWarn));
      run.tests.back().id = "things_sync/2025_01.documented";
      run.tests.back().edition = "2025-01";
    }
    trends[day % 2 == 0 ? 0 : 1].runs.push_back(std::move(run));
  }
  trends[0].series = "global at https://graph.example";
  trends[1].series = "china at https://graph.example";
  return RenderTrendPage(trends);
}

bool WriteTrend(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  return static_cast<bool>(std::ofstream(folder / "report.html", std::ios::binary)
                           << MakeTrendPage());
}

bool WriteAll(const std::filesystem::path& folder) {
  const Conclusion conforms = {0, "conforms", {}};
  const Conclusion failed = {1, "nonconformance (1 of 2 tests failed)", {}};
  const Conclusion mixed = {1, "nonconformance (1 of 7 tests failed)", {}};
  HtmlLimits few;
  few.most_tests = 2;
  return WritePages(SamplePassingRun(), conforms, {}, folder / "passing") &&
         WritePages(SampleFailingRun(), failed, {}, folder / "failing") &&
         WritePages(SampleMixedRun(), mixed, {}, folder / "mixed") &&
         WritePages(SampleMixedRun(), mixed, few, folder / "index") &&
         WritePages(MakeLargeRun(), failed, {}, folder / "large") && WriteTrend(folder / "trend");
}

}  // namespace
}  // namespace conform

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: html_pages FOLDER\n";
    return 2;
  }
  return conform::WriteAll(arguments[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
}
