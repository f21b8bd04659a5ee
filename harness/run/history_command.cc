#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/count_text.h"
#include "base/date.h"
#include "base/duration.h"
#include "base/utf8.h"
#include "history/case_timeline.h"
#include "history/history_chain.h"
#include "history/run_store.h"
#include "history/trend_page.h"
#include "record/atomic_file.h"
#include "record/run_record_file.h"
#include "run/command.h"
#include "run/run_history.h"

namespace conform {
namespace {

struct HistoryFlags {
  HistoryOptions history;
  std::size_t limit = 20;
  std::string test_case;
  std::string prune;
  bool check = false;
  std::string head;
  std::string html;
  std::string format = "text";
};

/// `90d`, `12w`, or a duration such as `36h`.
std::optional<std::chrono::milliseconds> ReadAge(const std::string& text) {
  std::int64_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [unit, failed] = std::from_chars(text.data(), end, count);
  constexpr std::int64_t kMost = 100'000;
  if (failed == std::errc() && unit + 1 == end && count > 0 && count <= kMost) {
    if (*unit == 'd') return std::chrono::hours(24 * count);
    if (*unit == 'w') return std::chrono::hours(std::int64_t{24} * 7 * count);
  }
  return ParseDuration(text);
}

std::string CountsText(const RunLine& line) {
  std::string text;
  for (const Outcome outcome : kOutcomes) {
    const auto found = line.counts.find(outcome);
    if (found == line.counts.end()) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", found->second, NameOf(outcome));
  }
  return text;
}

void TellRuns(const std::vector<RunLine>& lines, std::ostream& out) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const KeptRun& run = lines[i].run;
    const std::size_t back = lines.size() - 1 - i;
    out << fmt::format("{:>5}  {:<5} {}  exit {}  {}: {}{}\n", run.number,
                       back == 0 ? "@" : fmt::format("@-{}", back), FormatTimestamp(run.started),
                       run.exit_code, ShowLine(run.ShownSeries()), CountsText(lines[i]),
                       run.complete ? "" : " (did not finish)");
  }
  if (lines.empty()) out << "no run is kept yet\n";
}

void TellRunsAsJson(const std::vector<RunLine>& lines, std::ostream& out) {
  using nlohmann::json;
  json whole = json::array();
  for (const RunLine& line : lines) {
    json counts = json::object();
    for (const auto& [outcome, count] : line.counts) counts[std::string(NameOf(outcome))] = count;
    whole.push_back({{"number", line.run.number},
                     {"started", FormatTimestamp(line.run.started)},
                     {"duration_us", line.run.duration.count()},
                     {"series", line.run.ShownSeries()},
                     {"exit_code", line.run.exit_code},
                     {"complete", line.run.complete},
                     {"sha256", line.run.sha256},
                     {"previous_sha256", line.run.previous_sha256},
                     {"counts", std::move(counts)}});
  }
  out << whole.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
}

/// Itself, or the head that a run.json notes.
std::optional<ChainHead> ReadHead(const std::string& place) {
  if (auto head = ParseHead(place)) return head;
  const auto record = LoadRunRecord(place);
  return record ? ParseHead(record->record.header.history_head) : std::nullopt;
}

class HistoryTeller {
 public:
  HistoryTeller(const HistoryFlags& flags, HistoryFile& file, Invocation& invocation)
      : flags_(flags), file_(file), store_(file), invocation_(invocation) {}

  Expected<void> Tell() {
    if (!flags_.prune.empty()) return Prune();
    if (flags_.check) return Check();
    if (!flags_.html.empty()) return WriteTrend();
    if (!flags_.test_case.empty()) return TellCase();
    const auto lines = store_.List(flags_.limit);
    if (!lines) return tl::unexpected(lines.error());
    flags_.format == "json" ? TellRunsAsJson(*lines, invocation_.out)
                            : TellRuns(*lines, invocation_.out);
    return {};
  }

 private:
  Expected<void> Prune() {
    const auto age = ReadAge(flags_.prune);
    if (!age) {
      return Fail(fmt::format("--prune {}: write an age such as 90d, 12w or 36h", flags_.prune));
    }
    const auto now = SystemClock().Now();
    // Nothing is as old as a clock's first day.
    using std::chrono::milliseconds;
    const bool all = *age >= std::chrono::floor<milliseconds>(now.time_since_epoch());
    const auto gone = store_.Prune(all ? std::chrono::system_clock::time_point() : now - *age, now);
    if (!gone) return tl::unexpected(gone.error());
    invocation_.out << fmt::format("{} {} older than {} forgotten\n", *gone,
                                   *gone == 1 ? "run" : "runs", flags_.prune);
    return {};
  }

  Expected<void> Check() {
    std::optional<ChainHead> known;
    if (!flags_.head.empty()) {
      known = ReadHead(flags_.head);
      if (!known) {
        return Fail(
            fmt::format("--head {}: write NUMBER:SHA-256 as --check tells it, or name the "
                        "run.json of a later run that was kept",
                        flags_.head));
      }
    }
    const auto check = CheckChain(file_, known);
    if (!check) return tl::unexpected(check.error());
    for (const std::string& each : check->gaps) {
      invocation_.out << "note: " << ShowLine(each) << '\n';
    }
    for (const std::string& each : check->broken) {
      invocation_.out << "broken: " << ShowLine(each) << '\n';
    }
    invocation_.out << fmt::format(
        "{}; {}\n", CountOf(check->runs, "run"),
        check->broken.empty() ? "the chain of digests holds" : "the chain of digests is broken");
    if (check->head) invocation_.out << "head: " << ShowLine(RenderHead(*check->head)) << '\n';
    if (!check->untold.empty()) {
      invocation_.out << "could not tell: " << check->untold << '\n';
      invocation_.exit_code = ExitCode::kCouldNotTell;
    }
    if (!check->broken.empty()) invocation_.exit_code = ExitCode::kNonconformance;
    return {};
  }

  Expected<void> TellCase() {
    const auto results = store_.ListCase(flags_.test_case);
    if (!results) return tl::unexpected(results.error());
    if (results->empty()) {
      return Fail(
          fmt::format("{} has no test of '{}': name a case by its id, or a test by "
                      "suite.name",
                      file_.path().string(), flags_.test_case));
    }
    const auto timelines = MakeTimelines(*results);
    if (flags_.format == "json") {
      invocation_.out << RenderTimelinesJson(timelines);
      return {};
    }
    for (const CaseTimeline& each : timelines) invocation_.out << RenderTimeline(each);
    return {};
  }

  Expected<void> WriteTrend() {
    const auto trends = LoadTrends(store_);
    if (!trends) return tl::unexpected(trends.error());
    auto written = ReplaceFile(flags_.html, RenderTrendPage(*trends), invocation_.redactor);
    if (written) invocation_.out << flags_.html << '\n';
    return written;
  }

  const HistoryFlags& flags_;
  HistoryFile& file_;
  RunStore store_;
  Invocation& invocation_;
};

void TellHistory(const HistoryFlags& flags, Invocation& invocation) {
  auto file = OpenKeptHistory(flags.history);
  if (!file) return invocation.Refuse(file.error());
  const auto told = HistoryTeller(flags, **file, invocation).Tell();
  if (!told) invocation.Refuse(told.error());
}

}  // namespace

void AddHistoryCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<HistoryFlags>();
  CLI::App* command = app.add_subcommand("history", "Show the runs that were kept");
  AddHistoryFlags(*command, flags->history, /*optional=*/false);
  command->add_option("--limit", flags->limit, "List so many of the newest runs (default: 20)")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  CLI::Option_group* what = command->add_option_group("Instead of the list");
  what->add_option("--case", flags->test_case, "How a case, or a test by suite.name, stood")
      ->type_name("ID");
  what->add_option("--html", flags->html, "Write the trend page: each test's last 60 runs")
      ->type_name("FILE");
  CLI::Option* check = what->add_flag("--check", flags->check, "Check the chain of digests");
  what->add_option("--prune", flags->prune, "Forget runs older than 90d, 12w, 36h")
      ->type_name("AGE");
  what->require_option(0, 1);
  command
      ->add_option("--head", flags->head,
                   "With --check: an entry that was kept elsewhere, NUMBER:SHA-256 or a run.json")
      ->needs(check)
      ->type_name("HEAD");
  command->add_option("--format", flags->format, "Of lists: text (the default) or json")
      ->check(OneOf({"text", "json"}))
      ->type_name("FORM");
  command->footer(
      "Exit: 0 done, 1 the chain is broken, 2 bad usage or file,\n"
      "3 the head was pruned, or the file is busy or its disk full.\n"
      "Example: conform history --limit 5");
  command->callback([flags, &invocation] { TellHistory(*flags, invocation); });
}

}  // namespace conform
