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
#include "run/page_watch.h"
#include "run/run_flags.h"
#include "run/run_secrets.h"

namespace conform {
namespace {

struct WatchFlags {
  RunFlags run;
  std::vector<std::string> pages;
  int confirm = 1;
  std::string program;
  std::string webhook;
  std::string slack;
  std::string metrics;
};

/// Its parts outlive it.
class Watch {
 public:
  Watch(const WatchFlags& flags, HistoryFile& file, std::vector<Receiver> receivers,
        Invocation& invocation)
      : flags_(flags),
        file_(file),
        receivers_(std::move(receivers)),
        invocation_(invocation),
        code_(ExitCode::kCouldNotTell) {}

  /// Of a run that ended with `verdict`.
  void Take(const FinishedRun& run, ExitCode verdict) {
    code_ = verdict;
    auto kept = KeepFinished(run, flags_.run.options.reports.folder, verdict, invocation_.redactor);
    if (!kept) return Tell(kept.error().message);
    WatchStore store(file_);
    if (const auto watched = CheckIsWatched(store, *kept); !watched) {
      Tell(watched.error().message);
      code_ = ExitCode::kBadInput;
      return;
    }
    const auto number = RunStore(file_).Add(*kept);
    if (!number) return Tell(number.error().message);
    kept->number = *number;
    std::vector<WatchedPage> pages;
    for (const std::string& page : EachPageOnce(flags_.pages)) {
      pages.push_back(ReadWatchedPage(page, store));
    }
    const auto result = WatchRun(store, *kept, pages, flags_.confirm);
    if (!result) return Tell(result.error().message);
    TellResult(*kept, *result);
    Notify(*kept, *result);
    WriteMetrics(*kept);
    if (verdict == ExitCode::kBadInput) return;
    if (!result->first) {
      code_ = CodeOf(*result);
    } else if (verdict == ExitCode::kConforms && !result->untold.empty()) {
      code_ = ExitCode::kCouldNotTell;
    }
  }

  ExitCode code() const { return code_; }

 private:
  static ExitCode CodeOf(const WatchResult& result) {
    for (const Alarm& alarm : result.alarms) {
      if (!IsOfTelling(alarm)) return ExitCode::kNonconformance;
    }
    return result.untold.empty() ? ExitCode::kConforms : ExitCode::kCouldNotTell;
  }

  /// What keeps a run from being watched.
  void Tell(const std::string& trouble) {
    invocation_.err << "conform: " << trouble << '\n';
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

  void Notify(const KeptRun& run, const WatchResult& result) {
    if (receivers_.empty()) return;
    Outbox outbox(file_);
    SystemClock clock;
    Message message = MakeMessage(run, result);
    for (std::string* const text :
         {&message.subject, &message.text, &message.json, &message.slack}) {
      *text = invocation_.redactor.Redact(*text);
    }
    for (const std::string& trouble : Notifier(outbox, receivers_, run.Series(), clock)
                                          .Send(result.alarms.empty() ? nullptr : &message)) {
      invocation_.err << "conform: not told: " << trouble << '\n';
    }
  }

  void WriteMetrics(const KeptRun& run) {
    if (flags_.metrics.empty()) return;
    if (const auto written = ReplaceFile(flags_.metrics, RenderMetrics(run), invocation_.redactor);
        !written) {
      invocation_.err << "conform: " << written.error().message << '\n';
    }
  }

  const WatchFlags& flags_;
  HistoryFile& file_;
  std::vector<Receiver> receivers_;
  Invocation& invocation_;
  ExitCode code_;
};

Expected<std::vector<Receiver>> MakeReceivers(const WatchFlags& flags) {
  std::vector<Receiver> receivers;
  const auto add = [&](Expected<Receiver> receiver) -> Expected<void> {
    if (!receiver) return tl::unexpected(receiver.error());
    receivers.push_back(*std::move(receiver));
    return {};
  };
  Expected<void> added;
  if (!flags.program.empty()) added = add(MakeProgramReceiver(flags.program));
  if (added && !flags.webhook.empty()) added = add(MakeWebhookReceiver(flags.webhook, false));
  if (added && !flags.slack.empty()) added = add(MakeWebhookReceiver(flags.slack, true));
  if (!added) return tl::unexpected(added.error());
  return receivers;
}

void WatchOnce(const WatchFlags& flags, Invocation& invocation) {
  LearnAddress(flags.webhook, invocation.redactor);
  LearnAddress(flags.slack, invocation.redactor);
  for (const std::string& page : flags.pages) {
    if (!HoldsSecret(page)) continue;
    return invocation.Refuse(
        "--page: the history keeps the address: leave user, password and keys out of it");
  }
  auto receivers = MakeReceivers(flags);
  if (!receivers) return invocation.Refuse(receivers.error().message);
  auto file = OpenHistory(flags.run.history);
  if (!file) return invocation.Refuse(file.error());
  std::ostringstream unheard;  // what the run itself prints: only what changed is told
  Invocation quiet{invocation.folders, invocation.gtest_arguments, unheard, invocation.err,
                   invocation.redactor};
  Watch watch(flags, **file, *std::move(receivers), invocation);
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

void AddNotifyFlags(CLI::App& command, WatchFlags& flags) {
  command
      .add_option("--notify", flags.program,
                  "Run this when something changed: words, no shell; "
                  "the text is its standard input, CONFORM_SUBJECT its first line")
      ->type_name("COMMAND");
  command.add_option("--webhook", flags.webhook, "Post the change as JSON")
      ->envname("CONFORM_WEBHOOK")
      ->type_name("URL");
  command.add_option("--slack", flags.slack, "In Slack's form")
      ->envname("CONFORM_SLACK_WEBHOOK")
      ->type_name("URL");
  command.add_option("--metrics", flags.metrics, "Write this file for Prometheus' node exporter")
      ->type_name("FILE");
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
  AddNotifyFlags(*command, *flags);
  command->footer(
      "Exit: 0 nothing changed, 1 something did, 2 bad usage or file, 3 could not tell;\n"
      "that it can tell again is no change. The first run exits by its own verdict.\n"
      "Example: conform watch --profile mock --notify cat");
  command->callback([flags, &invocation] { WatchOnce(*flags, invocation); });
}

}  // namespace conform
