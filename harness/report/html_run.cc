#include "report/html_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "report/html.h"

namespace conform {
namespace {

/// Those a person must act on, the gravest first.
constexpr std::array kToActOn = {Outcome::kFail, Outcome::kInconclusive, Outcome::kWarn,
                                 Outcome::kDeviation};

}  // namespace

HtmlRun::HtmlRun(const RunRecord& run, const Conclusion& ended, const RunRecord* before)
    : record(run),
      conclusion(ended),
      baseline(run, before),
      coverage(ComputeCoverage(run)),
      place_(run.tests.size(), SIZE_MAX) {
  for (const Outcome outcome : kToActOn) {
    for (std::size_t i = 0; i < run.tests.size(); ++i) {
      if (baseline.CountsAs(run.tests[i]) != outcome) continue;
      place_[i] = to_act_on.size();
      to_act_on.push_back(i);
    }
  }
  index_of.reserve(run.tests.size());
  for (std::size_t i = 0; i < run.tests.size(); ++i) index_of.emplace(run.tests[i].Id(), i);
}

std::string HtmlRun::AddressOf(std::size_t index) const {
  if (most_pages == 0) return fmt::format("#t{}", index + 1);
  if (place_[index] >= most_pages) return "";
  return fmt::format("{}/{}.html", kHtmlPages, index + 1);
}

std::string TitleOf(const TestRecord& test) {
  const std::size_t slash = test.name.find('/');
  std::string title = test.title.empty() ? test.name.substr(0, slash) : test.title;
  if (slash != std::string::npos) title += fmt::format(" (row {})", test.name.substr(slash + 1));
  return title;
}

std::string ShowDuration(std::chrono::microseconds duration) {
  const double milliseconds =
      static_cast<double>(std::max<std::int64_t>(duration.count(), 0)) / 1e3;
  if (milliseconds < 10) return fmt::format("{:.2f} ms", milliseconds);
  if (milliseconds < 1'000) return fmt::format("{:.0f} ms", milliseconds);
  if (milliseconds < 100'000) return fmt::format("{:.2f} s", milliseconds / 1e3);
  return fmt::format("{:.0f} s", milliseconds / 1e3);
}

std::string_view ProseOf(Outcome outcome) {
  return outcome == Outcome::kNotRun ? "not run" : NameOf(outcome);
}

}  // namespace conform
