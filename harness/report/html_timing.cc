#include "report/html_timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/count_text.h"

namespace conform {
namespace {

using std::chrono::microseconds;

constexpr int kWidth = 480;
constexpr int kHeight = 120;
constexpr int kMostBarWidth = 48;
constexpr microseconds kLongest{std::int64_t{1'000'000} * 1'000'000};  // eleven days

/// `500 µs`, `20 ms`, `1 s`: of a bar's edge.
std::string ShowEdge(microseconds edge) {
  const auto count = edge.count();
  if (count < 1'000) return fmt::format("{} µs", count);
  if (count < 1'000'000) return fmt::format("{} ms", count / 1'000);
  return fmt::format("{} s", count / 1'000'000);
}

/// `0.50 ms to 1 ms: 12 exchanges; …`.
std::string DescribeBars(const std::vector<TimingBar>& bars) {
  std::string text;
  for (const TimingBar& bar : bars) {
    if (bar.count == 0) continue;
    text += fmt::format("{}{} to {}: {}", text.empty() ? "" : "; ", ShowEdge(bar.from),
                        ShowEdge(bar.to), CountOf(bar.count, "exchange"));
  }
  return text + '.';
}

void WriteLabel(int x, int y, const std::string& text, HtmlWriter& out) {
  out.Leaf("text", text,
           {{"x", std::to_string(x)},
            {"y", std::to_string(y)},
            {"text-anchor", "middle"},
            {"font-size", "12"},
            {"fill", "currentColor"}});
}

void WriteBar(const TimingBar& bar, std::size_t most, int x, int width, HtmlWriter& out) {
  if (bar.count == 0) return;
  const auto height = std::max(2, static_cast<int>(bar.count * kHeight / most));
  const int y = 20 + kHeight - height;
  out.Leaf("rect", "",
           {{"x", std::to_string(x + 2)},
            {"y", std::to_string(y)},
            {"width", std::to_string(width - 4)},
            {"height", std::to_string(height)},
            {"fill", "currentColor"},
            {"class", "bar"}});
  WriteLabel(x + width / 2, y - 5, std::to_string(bar.count), out);
}

void WriteChart(const std::vector<TimingBar>& bars, HtmlWriter& out) {
  std::size_t most = 1;
  for (const TimingBar& bar : bars) most = std::max(most, bar.count);
  const int width = std::min(kMostBarWidth, (kWidth - 60) / static_cast<int>(bars.size()));
  const auto chart = out.Open("svg", {{"role", "img"},
                                      {"aria-labelledby", "chart-title chart-text"},
                                      {"viewBox", fmt::format("0 0 {} {}", kWidth, kHeight + 50)},
                                      {"width", std::to_string(kWidth)}});
  out.Leaf("title", "How many exchanges took how long", {{"id", "chart-title"}});
  out.Leaf("desc", DescribeBars(bars), {{"id", "chart-text"}});
  const int end = 30 + width * static_cast<int>(bars.size());
  out.Leaf("path", "",
           {{"d", fmt::format("M30 {}H{}", 20 + kHeight, end)}, {"stroke", "currentColor"}});
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const int x = 30 + width * static_cast<int>(i);
    WriteBar(bars[i], most, x, width, out);
    // Edges in between would touch each other.
    const bool named = width >= 40 || ShowEdge(bars[i].from).front() == '1';
    if (named) WriteLabel(x, kHeight + 38, ShowEdge(bars[i].from), out);
  }
  if (width >= 40) WriteLabel(end, kHeight + 38, ShowEdge(bars.back().to), out);
}

/// The duration that `percent` of the sorted ones do not pass.
microseconds Percentile(const std::vector<microseconds>& sorted, std::size_t percent) {
  return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

/// A service that does not answer is none that is fast, nor is a bound of ours its latency.
struct Durations {
  std::vector<microseconds> answered;
  std::size_t unanswered = 0;
  microseconds longest_wait{0};  ///< for one that was given up.
};

Durations DurationsOf(const RunRecord& record) {
  Durations durations;
  for (const TestRecord& test : record.tests) {
    for (const ExchangeRecord& exchange : test.exchanges) {
      const microseconds took = std::clamp(exchange.duration, microseconds(0), kLongest);
      if (HasLatency(exchange)) {
        durations.answered.push_back(took);
        continue;
      }
      ++durations.unanswered;
      durations.longest_wait = std::max(durations.longest_wait, took);
    }
  }
  return durations;
}

/// `3 exchanges without an answer, the longest given up after 1.00 s`.
std::string DescribeUnanswered(const Durations& durations) {
  std::string text = CountOf(durations.unanswered, "exchange") + " without an answer";
  if (durations.longest_wait.count() == 0) return text;
  return text + fmt::format(", {}given up after {}",
                            durations.unanswered == 1 ? "" : "the longest ",
                            ShowDuration(durations.longest_wait));
}

}  // namespace

std::vector<TimingBar> CountDurations(const std::vector<microseconds>& durations) {
  if (durations.empty()) return {};
  const auto [shortest, longest] = std::minmax_element(durations.begin(), durations.end());
  constexpr std::array<int, 3> kSteps = {2, 5, 10};
  std::vector<TimingBar> bars;
  microseconds from{0};
  for (std::int64_t decade = 10; decade <= kLongest.count(); decade *= 10) {
    for (const int step : kSteps) {
      const microseconds to{decade * step};
      if (to > *shortest && from <= *longest) bars.push_back({from, to, 0});
      from = to;
    }
  }
  for (const microseconds duration : durations) {
    const auto bar = std::find_if(bars.begin(), bars.end(), [duration](const TimingBar& candidate) {
      return duration < candidate.to;
    });
    ++bar->count;
  }
  return bars;
}

void WriteTiming(const HtmlRun& run, HtmlWriter& out) {
  Durations of = DurationsOf(run.record);
  std::vector<microseconds>& durations = of.answered;
  const auto section = out.Open("section", {{"id", "timing"}, {"aria-labelledby", "timing-title"}});
  out.Leaf("h2", "How long exchanges took", {{"id", "timing-title"}});
  const bool spared = run.record.header.SparesPasses();
  if (durations.empty()) {
    if (of.unanswered > 0) {
      out.Leaf("p", std::string(spared ? "Of tests that did not pass no" : "No") +
                        " exchange was answered: " + DescribeUnanswered(of) + '.');
    } else {
      out.Leaf("p",
               spared ? "No exchange was kept (--evidence failed)." : "No exchange took place.");
    }
    return;
  }
  std::sort(durations.begin(), durations.end());
  const auto figure = out.Open("figure");
  WriteChart(CountDurations(durations), out);
  out.Leaf(
      "figcaption",
      fmt::format(
          "Of {}{} half took at most {}, 95 of 100 at most {}, the longest {}.{}",
          CountOf(durations.size(), "exchange"),
          spared ? ", those of tests that did not pass alone," : "",
          ShowDuration(Percentile(durations, 50)), ShowDuration(Percentile(durations, 95)),
          ShowDuration(durations.back()),
          of.unanswered == 0 ? "" : fmt::format(" Not among them: {}.", DescribeUnanswered(of))));
}

}  // namespace conform
