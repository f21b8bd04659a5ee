#include "history/run_difference_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/date.h"
#include "base/utf8.h"
#include "report/markdown.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr int kDifferenceFormat = 1;

std::string DescribeRun(const KeptRun& run, const std::string& name) {
  std::string text = fmt::format("{} ({}", name, FormatTimestamp(run.started));
  if (run.number > 0) text += fmt::format(", run {}", run.number);
  return text + fmt::format(", {})", run.ShownSeries());
}

std::string Verdict(const ComparedRuns& runs) {
  const std::size_t count = runs.difference.changes.size();
  if (count == 0) return "nothing changed";
  return fmt::format("{} {}", count, count == 1 ? "change" : "changes");
}

std::string LatencyText(const LatencyLine& line) {
  return fmt::format("{}: half within {} (was {}), 95 of 100 within {} (was {})", line.operation,
                     ShowLatency(line.now_p50), ShowLatency(line.before_p50),
                     ShowLatency(line.now_p95), ShowLatency(line.before_p95));
}

std::string RenderText(const ComparedRuns& runs) {
  std::string text = fmt::format("before  {}\nnow     {}\n\n",
                                 ShowLine(DescribeRun(runs.before, runs.before_name)),
                                 ShowLine(DescribeRun(runs.now, runs.now_name)));
  for (const RunChange& each : runs.difference.changes) {
    text += ShowText(RenderChange(each)) + "\n";
  }
  if (!runs.difference.changes.empty()) text += "\n";
  for (const std::string& note : runs.difference.notes) text += "note: " + ShowText(note) + "\n";
  for (const LatencyLine& line : runs.difference.latency) {
    text += "latency: " + ShowLine(LatencyText(line)) + "\n";
  }
  return text + Verdict(runs) + "\n";
}

void AddMarkdownChange(const RunChange& change, std::string& text) {
  constexpr std::size_t kMostSubjects = 20;
  constexpr std::size_t kMostCharacters = 300;
  text += fmt::format("- **{}**", NameOf(change.kind));
  if (!change.place.empty()) text += " " + MarkdownCode(change.place);
  text += fmt::format(": {} → {}", EscapeMarkdown(change.before, kMostCharacters),
                      EscapeMarkdown(change.now, kMostCharacters));
  if (!change.note.empty()) text += "; " + EscapeMarkdown(change.note, kMostCharacters);
  text += "\n";
  for (std::size_t i = 0; i < change.subjects.size(); ++i) {
    if (i == kMostSubjects) {
      text += fmt::format("  - and {} more\n", change.subjects.size() - i);
      break;
    }
    text += "  - " + MarkdownCode(change.subjects[i]) + "\n";
  }
}

std::string RenderMarkdown(const ComparedRuns& runs) {
  std::string text = fmt::format("# conform: {}\n\n", Verdict(runs));
  text += fmt::format("Before: {}\n\nNow: {}\n\n",
                      EscapeMarkdown(DescribeRun(runs.before, runs.before_name), 500),
                      EscapeMarkdown(DescribeRun(runs.now, runs.now_name), 500));
  for (const RunChange& each : runs.difference.changes) AddMarkdownChange(each, text);
  for (const std::string& note : runs.difference.notes) {
    text += fmt::format("\nNote: {}\n", EscapeMarkdown(note, 500));
  }
  if (runs.difference.latency.empty()) return text;
  text += "\n| operation | p50 before | p50 now | p95 before | p95 now |\n|---|---|---|---|---|\n";
  for (const LatencyLine& line : runs.difference.latency) {
    text += fmt::format("| {} | {} | {} | {} | {} |\n", MarkdownCode(line.operation),
                        ShowLatency(line.before_p50), ShowLatency(line.now_p50),
                        ShowLatency(line.before_p95), ShowLatency(line.now_p95));
  }
  return text;
}

json RunToJson(const KeptRun& run, const std::string& name) {
  return {{"name", name},
          {"number", run.number},
          {"started", FormatTimestamp(run.started)},
          {"series", run.ShownSeries()},
          {"sha256", run.sha256},
          {"exit_code", run.exit_code},
          {"complete", run.complete}};
}

std::string RenderJson(const ComparedRuns& runs) {
  json changes = json::array();
  for (const RunChange& each : runs.difference.changes) {
    changes.push_back({{"kind", NameOf(each.kind)},
                       {"subjects", each.subjects},
                       {"place", each.place},
                       {"before", each.before},
                       {"now", each.now},
                       {"note", each.note}});
  }
  json latency = json::array();
  for (const LatencyLine& line : runs.difference.latency) {
    latency.push_back({{"operation", line.operation},
                       {"before_p50_us", line.before_p50.count()},
                       {"before_p95_us", line.before_p95.count()},
                       {"now_p50_us", line.now_p50.count()},
                       {"now_p95_us", line.now_p95.count()}});
  }
  const json whole = {{"format", kDifferenceFormat},
                      {"before", RunToJson(runs.before, runs.before_name)},
                      {"now", RunToJson(runs.now, runs.now_name)},
                      {"changes", std::move(changes)},
                      {"notes", runs.difference.notes},
                      {"latency", std::move(latency)}};
  return whole.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string RenderRunDifference(const ComparedRuns& runs, std::string_view form) {
  if (form == "json") return RenderJson(runs);
  return form == "markdown" ? RenderMarkdown(runs) : RenderText(runs);
}

std::string ShowLatency(std::chrono::microseconds duration) {
  const double ms = static_cast<double>(duration.count()) / 1'000.0;
  if (ms < 10) return fmt::format("{:.1f} ms", ms);
  if (ms < 1'000) return fmt::format("{:.0f} ms", ms);
  return fmt::format("{:.1f} s", ms / 1'000.0);
}

}  // namespace conform
