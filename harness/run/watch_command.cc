#include <fmt/format.h>

#include <memory>
#include <sstream>

#include "base/clock.h"
#include "base/count_text.h"
#include "base/utf8.h"
#include "history/history_chain.h"
#include "history/run_store.h"
#include "history/watch.h"
#include "notify/metrics.h"
#include "notify/notifier.h"
#include "record/atomic_file.h"
#include "run/har_secrets.h"
#include "run/notify_flags.h"
#include "run/page_watch.h"
#include "run/run_flags.h"
#include "run/run_secrets.h"
#include "run/stop.h"

namespace conform {
namespace {

struct WatchFlags {
  RunFlags run;
  std::vector<std::string> pages;
  int confirm = 1;
  NotifyFlags notify;
};

/// Its parts outlive it.
class Watch {
 public:
  Watch(const WatchFlags& flags, HistoryFile& file, std::vector<Receiver> receivers, Stop& stop,
        Invocation& invocation)
      : flags_(flags),
        file_(file),
        receivers_(std::move(receivers)),
        stop_(stop),
        invocation_(invocation),
        code_(ExitCode::kCouldNotTell) {}

  /// Of a run that ended with `verdict`.
  void Take(const FinishedRun& run, ExitCode verdict) {
    code_ = verdict;
    if (verdict == ExitCode::kBadInput) {
      for (const std::string& reason : Conclude(run.record).reasons) Complain(reason);
      if (run.record.tests.empty()) return;  // nothing was seen, so nothing is known of any test
    }
    auto kept = KeepFinished(run, flags_.run.options.reports.folder, verdict, invocation_.redactor);
    if (!kept) return Tell(kept.error().message);
    WatchStore store(file_);
    if (const auto watched = CheckIsWatched(store, *kept); !watched) {
      Tell(watched.error().message);
      if (!watched.error().may_pass) code_ = ExitCode::kBadInput;
      return;
    }
    const auto number = RunStore(file_).Add(*kept);
    if (!number) return Tell(number.error().message);
    kept->number = *number;
    const auto pages = ReadPages(kept->Series(), store);
    if (!pages) return Tell(pages.error().message);
    Outbox outbox(file_);
    SystemClock machine_clock;
    StoppableClock clock(machine_clock, stop_);
    Notifier notifier(outbox, receivers_, kept->Series(), clock,
                      [this] { return stop_.IsRequested(); });
    const auto keep = [&](const WatchResult& seen) { return KeepMessage(*kept, seen, notifier); };
    const auto result = WatchRun(store, *kept, *pages, flags_.confirm, keep);
    if (!result) return Tell(result.error().message);
    TellResult(*kept, *result);
    Notify(notifier);
    WriteMetrics(*kept);
    if (verdict == ExitCode::kBadInput) return;
    if (!result->first) code_ = CodeOf(*result);
    const bool is_whole = run.is_written && result->untold.empty();
    if (code_ == ExitCode::kConforms && !is_whole) code_ = ExitCode::kCouldNotTell;
  }

  ExitCode code() const { return code_; }

 private:
  /// Of what it tells.
  static ExitCode CodeOf(const WatchResult& result) {
    for (const Alarm& alarm : result.alarms) {
      if (!IsOfTelling(alarm)) return ExitCode::kNonconformance;
    }
    return ExitCode::kConforms;
  }

  Expected<std::vector<WatchedPage>> ReadPages(const std::string& series, WatchStore& store) {
    std::vector<WatchedPage> pages;
    for (const std::string& page : EachPageOnce(flags_.pages)) {
      auto read = ReadWatchedPage(page, series, store);
      if (!read) return tl::unexpected(read.error());
      pages.push_back(*std::move(read));
    }
    return pages;
  }

  void Complain(const std::string& trouble) { invocation_.err << "conform: " << trouble << '\n'; }

  /// What keeps a run from being watched.
  void Tell(const std::string& trouble) {
    Complain(trouble);
    code_ = ExitCode::kCouldNotTell;
  }

  void TellResult(const KeptRun& run, const WatchResult& result) {
    std::ostream& out = invocation_.out;
    if (result.first) {
      TellBundled(flags_.run.workspace, invocation_);
      out << fmt::format("first run of {}: {}; later ones are compared with it\n",
                         run.ShownSeries(), CountOf(run.tests.size(), "test"));
    }
    for (const Alarm& alarm : result.alarms) out << ShowText(RenderAlarm(alarm)) << '\n';
    if (result.pending > 0) {
      out << fmt::format("{} not told before {} runs in a row saw it\n",
                         CountOf(result.pending, "change"), flags_.confirm);
    }
    if (!result.untold.empty()) out << "could not tell: " << ShowText(result.untold) << '\n';
  }

  Expected<void> KeepMessage(const KeptRun& run, const WatchResult& result, Notifier& notifier) {
    if (receivers_.empty() || result.alarms.empty()) return {};
    Message message = MakeMessage(run, result);
    for (std::string* const text :
         {&message.subject, &message.text, &message.json, &message.slack}) {
      *text = invocation_.redactor.Redact(*text);
    }
    return notifier.Keep(message);
  }

  void Notify(Notifier& notifier) {
    if (receivers_.empty()) return;
    for (const std::string& trouble : notifier.Send()) {
      Complain("not told: " + trouble);
    }
  }

  void WriteMetrics(const KeptRun& run) {
    if (flags_.notify.metrics.empty()) return;
    if (const auto written =
            ReplaceFile(flags_.notify.metrics, RenderMetrics(run), invocation_.redactor);
        !written) {
      Complain(written.error().message);
    }
  }

  const WatchFlags& flags_;
  HistoryFile& file_;
  std::vector<Receiver> receivers_;
  Stop& stop_;
  Invocation& invocation_;
  ExitCode code_;
};

void WatchOnce(const WatchFlags& flags, Invocation& invocation) {
  LearnAddress(flags.notify.webhook, invocation.redactor);
  LearnAddress(flags.notify.slack, invocation.redactor);
  for (const std::string& page : flags.pages) {
    if (!HoldsSecret(page)) continue;
    return invocation.Refuse(
        "--page: the history keeps the address: leave user, password and keys out of it");
  }
  Stop stop;  // by a signal alone: what a run with a deadline saw is still told
  auto receivers = MakeReceivers(flags.notify, [&stop] { return stop.IsRequested(); });
  if (!receivers) return invocation.Refuse(receivers.error().message);
  const std::string trouble =
      FindMetricsTrouble(flags.notify.metrics, flags.run.options.reports.folder);
  if (!trouble.empty()) return invocation.Refuse(trouble);
  auto file = OpenHistory(flags.run.history);
  if (!file) return invocation.Refuse(file.error());
  std::ostringstream unheard;  // what the run itself prints: only what changed is told
  Invocation quiet{invocation.folders, invocation.gtest_arguments, unheard, invocation.err,
                   invocation.redactor};
  Watch watch(flags, **file, *std::move(receivers), stop, invocation);
  bool finished = false;
  RunFlags run = flags.run;
  if (const auto head = FindHead(**file); head && *head) {
    run.options.history_head = RenderHead(**head);
  }
  run.options.finished = [&](const FinishedRun& ended) {
    finished = true;
    watch.Take(ended, quiet.exit_code);
  };
  RunByFlags(run, quiet);
  invocation.exit_code = finished ? watch.code() : quiet.exit_code;
}

}  // namespace

void AddWatchCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<WatchFlags>();
  CLI::App* command =
      app.add_subcommand("watch", "Run once on a schedule, and tell only what changed");
  AddWorkspaceFlags(*command, flags->run.workspace);
  AddRunFlags(*command, flags->run);
  AddHistoryFlags(*command, flags->run.history, /*optional=*/false);
  command->add_option("--page", flags->pages, "Watch a documentation page too; may be given again")
      ->allow_extra_args(false)
      ->type_name("URL|FILE");
  command
      ->add_option("--confirm", flags->confirm,
                   "Tell a change once N runs in a row saw it (default: 1); new tests at once")
      ->check(CLI::Range(1, 100))
      ->type_name("N");
  AddNotifyFlags(*command, flags->notify);
  command->footer(
      "Exit: 0 nothing changed, 1 something did, 2 bad usage or file, 3 could not tell;\n"
      "that it can tell again is no change. The first run exits by its own verdict.\n"
      "What flaps (4 turns in 10 runs) is told once more if it fails, then settled.\n"
      "Example: conform watch --profile mock --notify cat");
  command->callback([flags, &invocation] { WatchOnce(*flags, invocation); });
}

}  // namespace conform
