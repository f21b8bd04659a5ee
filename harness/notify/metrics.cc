#include "notify/metrics.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "base/utf8.h"
#include "history/run_difference.h"

namespace conform {
namespace {

/// A label's value between its quotes.
std::string EscapeLabel(const std::string& text) {
  std::string escaped;
  for (const char c : ShowText(text)) {
    if (c == '\\' || c == '"') {
      escaped += '\\';
      escaped += c;
    } else if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

double Seconds(std::chrono::microseconds duration) {
  return static_cast<double>(duration.count()) / 1e6;
}

void AddHead(const char* name, const char* type, const char* help, std::string& text) {
  text += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

void AddOutcomes(const KeptRun& run, const std::string& profile, std::string& text) {
  AddHead("conform_case_outcome", "gauge", "1 for the outcome that the case had in the last run.",
          text);
  for (const KeptTest& test : run.tests) {
    const std::string name = test.id.substr(test.id.find('.') + 1);
    for (const Outcome outcome : kOutcomes) {
      text += fmt::format(
          "conform_case_outcome{{profile=\"{}\",operation=\"{}\",edition=\"{}\",case=\"{}\","
          "outcome=\"{}\"}} {}\n",
          profile, EscapeLabel(test.operation), EscapeLabel(test.edition), EscapeLabel(name),
          NameOf(outcome), outcome == test.outcome ? 1 : 0);
    }
  }
}

void AddLatencies(const KeptRun& run, const std::string& profile, std::string& text) {
  std::map<std::string, std::vector<std::chrono::microseconds>> durations;
  for (const KeptTest& test : run.tests) {
    auto& of = durations[test.operation];
    of.insert(of.end(), test.durations.begin(), test.durations.end());
  }
  AddHead("conform_exchange_seconds", "summary", "How long exchanges of the last run took.", text);
  for (const auto& [operation, of] : durations) {
    const std::string labels =
        fmt::format("profile=\"{}\",operation=\"{}\"", profile, EscapeLabel(operation));
    std::chrono::microseconds sum{0};
    for (const std::chrono::microseconds each : of) sum += each;
    for (const auto& [quantile, percent] :
         std::map<std::string_view, std::size_t>{{"0.5", 50}, {"0.95", 95}}) {
      if (of.empty()) continue;
      text += fmt::format("conform_exchange_seconds{{{},quantile=\"{}\"}} {}\n", labels, quantile,
                          Seconds(PercentileOf(of, percent)));
    }
    text += fmt::format("conform_exchange_seconds_sum{{{}}} {}\n", labels, Seconds(sum));
    text += fmt::format("conform_exchange_seconds_count{{{}}} {}\n", labels, of.size());
  }
}

}  // namespace

std::string RenderMetrics(const KeptRun& run) {
  const std::string profile = EscapeLabel(run.profile);
  std::string text;
  AddOutcomes(run, profile, text);
  AddLatencies(run, profile, text);
  AddHead("conform_last_run_timestamp_seconds", "gauge", "When the last run began.", text);
  text += fmt::format(
      "conform_last_run_timestamp_seconds{{profile=\"{}\"}} {}\n", profile,
      std::chrono::duration_cast<std::chrono::seconds>(run.started.time_since_epoch()).count());
  return text;
}

}  // namespace conform
