#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <thread>

#include "auth/environment_tokens.h"
#include "base/duration.h"
#include "record/journal.h"
#include "record/judged_lists.h"
#include "record/population.h"
#include "record/run_record_file.h"
#include "report/console.h"
#include "run/command.h"
#include "run/dispatcher.h"
#include "run/effect.h"
#include "run/explain.h"
#include "run/progress_line.h"
#include "run/run_reports.h"
#include "run/session.h"
#include "run/stop.h"
#include "run/suite.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct RunFlags {
  WorkspaceFlags workspace;
  std::string out = "reports";
  bool strict = false;
  int jobs = 0;  ///< 0: the target's default.
  bool fail_fast = false;
  std::string deadline;
  int allow_effects = 0;
  std::string patience;
  std::string explain;  ///< a case file; empty: run and report.
};

/// Twice the cores on a mock, where requests wait for each other's processing; a service is asked
/// one thing at a time unless told otherwise.
int JobsFor(const RunFlags& flags, const Target& target) {
  if (flags.jobs > 0) return flags.jobs;
  if (target.is_tenant()) return 1;
  return 2 * static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

DispatchOptions DispatchFor(const RunFlags& flags, const Target& target) {
  DispatchOptions options;
  options.jobs = JobsFor(flags, target);
  if (target.is_tenant()) options.waits_for_turn = MayHaveEffect;
  return options;
}

/// One run of the selected tests, from the first request to the reports.
class Run {
 public:
  Run(const Workspace& workspace, Session& session, const RunFlags& flags, Invocation& invocation,
      Clock& clock, Stop& stop)
      : workspace_(workspace),
        flags_(flags),
        invocation_(invocation),
        clock_(clock),
        stop_(stop),
        console_(invocation.out, invocation.colour),
        progress_line_(invocation.out, invocation.terminal),
        dispatcher_(
            DispatchFor(flags, session.target()),
            [this, &session](const Test& test, int round) {
              TestRecord record = session.runner().Run(test, round);
              if (flags_.fail_fast && record.verdict.outcome == Outcome::kFail) {
                stop_.Request("a test failed and --fail-fast was given");
              }
              return record;
            },
            stop) {
    record_.header = MakeHeader(workspace, session.target(), clock, flags.strict);
  }

  void Execute(const Shard& shard) {
    record_.header.shard_index = shard.index;
    record_.header.shard_count = shard.count;
    const SuiteCalls calls{
        [this](const auto& planned, std::size_t selected) { Start(planned, selected); },
        [this](const auto& order, int round) { dispatcher_.Plan(order, round); },
        [this](const Test& test, int round) -> const TestRecord& { return RunTest(test, round); }};
    if (const auto ran = RunSuite(workspace_.tests, invocation_.gtest_arguments, calls); !ran) {
      invocation_.Refuse(ran.error().message);
      return;
    }
    if (!OnlyListed()) Finish();
  }

 private:
  void Start(const std::vector<const Test*>& planned, std::size_t selected) {
    record_.header.selected = selected;
    record_.header.planned.reserve(planned.size());
    for (const Test* test : planned) record_.header.planned.push_back(PlannedRecord(*test));
    const fs::path folder(flags_.out);
    std::error_code failed;
    fs::create_directories(folder, failed);
    auto journal = Journal::Create(folder / kJournalName, record_.header);
    if (journal) {
      journal_ = std::move(*journal);
    } else {
      Give(journal.error().message);
    }
  }

  /// Why no more can be written; then nothing more is sent either.
  void Give(const std::string& trouble) {
    if (trouble_.empty()) trouble_ = trouble;
    stop_.Request("the run could not go on");
  }

  const TestRecord& RunTest(const Test& test, int round) {
    if (!dispatcher_.IsReady()) invocation_.out.flush();
    std::optional<TestRecord> record = dispatcher_.Take(test, round);
    if (record) {
      Keep(*std::move(record));
      return record_.tests.back();
    }
    not_run_ = PlannedRecord(test);
    not_run_.verdict.reason = stop_.Reason();
    return not_run_;
  }

  void Keep(TestRecord record) {
    if (journal_) {
      if (const auto written = journal_->Append(record); !written) Give(written.error().message);
    }
    progress_line_.Erase();
    console_.TestLine(record);
    if (record.verdict.outcome == Outcome::kFail) ++failures_;
    lists_.Share(record.verdict);
    record_.tests.push_back(std::move(record));
    progress_line_.Draw({record_.tests.size(), record_.header.planned.size(), failures_,
                         std::chrono::duration_cast<std::chrono::milliseconds>(Elapsed())});
  }

  std::chrono::microseconds Elapsed() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(clock_.Now() -
                                                                 record_.header.started);
  }

  void Finish() {
    // After a stop some ran ahead of what their turn would have been: what was sent is reported.
    for (TestRecord& record : dispatcher_.TakeRest()) Keep(std::move(record));
    progress_line_.Erase();
    record_.tests = MergeRepeats(std::move(record_.tests));
    const std::string reason = stop_.Reason();
    AppendNotRun(record_.header.planned, reason.empty() ? "the run stopped before it" : reason,
                 record_.tests);
    record_.duration = Elapsed();
    if (journal_) {
      if (const auto ended = journal_->Finish(record_.duration); !ended)
        Give(ended.error().message);
    }
    FinishRun(record_, flags_.out, trouble_, invocation_);
  }

  const Workspace& workspace_;
  const RunFlags& flags_;
  Invocation& invocation_;
  Clock& clock_;
  Stop& stop_;
  Console console_;
  ProgressLine progress_line_;
  RunRecord record_;
  JudgedLists lists_;
  TestRecord not_run_;  ///< what was told to GoogleTest last, of a test that did not run.
  std::size_t failures_ = 0;
  std::optional<Journal> journal_;
  std::string trouble_;
  Dispatcher dispatcher_;  // last: its threads end first
};

/// Nothing where the text is none; then that was told.
std::optional<std::chrono::milliseconds> ReadDuration(const char* flag, const std::string& text,
                                                      const char* such_as, Invocation& invocation) {
  if (text.empty()) return std::chrono::milliseconds(0);
  const auto duration = ParseDuration(text);
  if (!duration) {
    invocation.Refuse(fmt::format("{} {}: write a duration such as {}", flag, text, such_as));
  }
  return duration;
}

/// Only against a mock, where every test has a tenant of its own: to explain sends the requests.
void ExplainCase(const RunFlags& flags, Invocation& invocation) {
  WorkspaceFlags chosen = flags.workspace;
  if (!chosen.paths.empty()) {
    invocation.Refuse("--explain names the case itself: leave PATH out");
    return;
  }
  chosen.paths = {flags.explain};
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(chosen, invocation);
  if (workspace == nullptr) return;
  if (!workspace->profile.mock) {
    invocation.Refuse(fmt::format("--explain sends the requests, and profile '{}' is no mock",
                                  workspace->profile.name));
    return;
  }
  SystemClock clock;
  const auto session = Session::Open(*workspace, clock, StandardChecks(), {}, flags.strict);
  if (!session) {
    invocation.err << "conform: " << session.error().message << '\n';
    invocation.exit_code = ExitCode::kCouldNotTell;
    return;
  }
  Explain(*workspace, **session, invocation.out);
}

/// The mock knows its own tokens alone: whoever exported one for a service wonders otherwise.
void TellTokens(Invocation& invocation) {
  for (const IdentityKind kind : kIdentityKinds) {
    const std::string variable = TokenVariable(kind);
    if (kind == IdentityKind::kNone || std::getenv(variable.c_str()) == nullptr) continue;
    invocation.err << fmt::format("conform: {} is set and sent instead of the mock's own token\n",
                                  variable);
  }
}

void RunAll(const RunFlags& flags, Invocation& invocation) {
  const auto patience = ReadDuration("--patience", flags.patience, "15m", invocation);
  const auto deadline = ReadDuration("--deadline", flags.deadline, "10m", invocation);
  if (!patience || !deadline) return;
  Stop stop;
  if (!flags.deadline.empty()) {
    stop.RequestAfter(*deadline, fmt::format("the deadline of {} was reached", flags.deadline));
  }
  const Expected<Shard> shard = CurrentShard();
  if (!shard) {
    invocation.Refuse(shard.error().message);
    return;
  }
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(flags.workspace, invocation);
  if (workspace == nullptr) return;
  SystemClock machine_clock;
  StoppableClock clock(machine_clock, stop);
  RunLimits limits;
  limits.allowed_effects = flags.allow_effects;
  limits.patience = *patience;
  limits.stop = &stop;
  Stop::CatchSignals();
  std::optional<SignalsHeldBack> held_back(std::in_place);
  const auto session = Session::Open(*workspace, clock, StandardChecks(), limits, flags.strict);
  held_back.reset();
  if (!session) {
    invocation.err << "conform: " << session.error().message << '\n';
    invocation.exit_code = ExitCode::kCouldNotTell;
    return;
  }
  if ((*session)->target().is_tenant() && flags.allow_effects > 0 && shard->count > 1) {
    invocation.Refuse(
        "requests with an effect on a tenant are never run sharded: unset "
        "GTEST_TOTAL_SHARDS, or leave --allow-effects out");
    return;
  }
  if (workspace->profile.mock) TellTokens(invocation);
  Run(*workspace, **session, flags, invocation, clock, stop).Execute(*shard);
}

void AddRunFlags(CLI::App& command, RunFlags& flags) {
  command
      .add_option("--explain", flags.explain,
                  "Show what every ${...} of a case becomes, on a mock; report nothing")
      ->type_name("CASE");
  command.add_option("--out", flags.out, "Folder for reports (default: reports)")->type_name("DIR");
  command
      .add_option("--jobs", flags.jobs,
                  "Tests under way at once (default: 2 x cores on a mock, 1 on a tenant)")
      ->check(CLI::Range(1, 1'000))
      ->type_name("N");
  command.add_flag("--strict", flags.strict, "A broken should fails");
  command.add_flag("--fail-fast", flags.fail_fast, "Send nothing more once a test failed");
  command.add_option("--deadline", flags.deadline, "Send nothing more after this time, e.g. 10m")
      ->type_name("DURATION");
  command
      .add_option("--allow-effects", flags.allow_effects,
                  "Requests with an effect that may go to a tenant (default: 0)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  command
      .add_option("--patience", flags.patience,
                  "How long a test may wait on a tenant, e.g. 15m (default: not at all)")
      ->type_name("DURATION");
}

}  // namespace

void AddRunCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* command = app.add_subcommand("run", "Run cases and judge what comes back");
  AddWorkspaceFlags(*command, flags->workspace, true);
  AddRunFlags(*command, *flags);
  command->footer(
      "--gtest_* flags are passed through to GoogleTest.\n"
      "SIGINT and SIGTERM: nothing more is sent, every report is written.\n"
      "Exit: 0 conforms, 1 nonconformance, 2 bad usage or file, 3 could not tell.\n"
      "Example: conform run --gtest_filter='*documented_request*'");
  command->callback([flags, &invocation] {
    if (flags->explain.empty()) {
      RunAll(*flags, invocation);
    } else {
      ExplainCase(*flags, invocation);
    }
  });
}

}  // namespace conform
