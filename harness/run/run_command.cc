#include <fmt/format.h>
#include <fmt/ranges.h>

#include <atomic>
#include <csignal>
#include <optional>

#include "base/duration.h"
#include "record/atomic_file.h"
#include "record/coverage.h"
#include "record/journal.h"
#include "record/population.h"
#include "report/console.h"
#include "report/junit.h"
#include "run/command.h"
#include "run/session.h"
#include "run/suite.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct RunFlags {
  WorkspaceFlags workspace;
  std::string out = "reports";
  bool strict = false;
  int allow_effects = 0;
  std::string patience;
};

/// Set by SIGINT and SIGTERM: nothing more is sent, and reports are written all the same.
std::atomic<bool> interrupted = false;

void Interrupt(int /*signal*/) { interrupted = true; }

/// One run of the selected tests, from the first request to the reports.
class Run {
 public:
  Run(const Workspace& workspace, Session& session, const RunFlags& flags, Invocation& invocation,
      Clock& clock)
      : workspace_(workspace),
        session_(session),
        flags_(flags),
        invocation_(invocation),
        clock_(clock),
        console_(invocation.out, invocation.colour) {
    record_.header = MakeHeader(workspace, session.target(), clock, flags.strict);
  }

  void Execute() {
    const Shard shard = CurrentShard();
    record_.header.shard_index = shard.index;
    record_.header.shard_count = shard.count;
    std::signal(SIGINT, Interrupt);
    std::signal(SIGTERM, Interrupt);
    const SuiteCalls calls{
        [this](const auto& planned, std::size_t selected) { Start(planned, selected); },
        [this](const Test& test, int round) { return RunTest(test, round); }};
    if (!RunSuite(workspace_.tests, invocation_.gtest_arguments, calls)) {
      invocation_.Refuse(fmt::format("not a flag of GoogleTest among: {}",
                                     fmt::join(invocation_.gtest_arguments, " ")));
      return;
    }
    if (!OnlyListed()) Finish();
  }

 private:
  void Start(const std::vector<const Test*>& planned, std::size_t selected) {
    record_.header.selected = selected;
    for (const Test* test : planned) record_.header.planned.push_back(PlannedRecord(*test));
    const fs::path folder(flags_.out);
    std::error_code failed;
    fs::create_directories(folder, failed);
    auto journal = Journal::Create(folder / "journal.jsonl", record_.header);
    if (journal) {
      journal_ = std::move(*journal);
    } else {
      trouble_ = journal.error().message;
    }
  }

  TestRecord RunTest(const Test& test, int round) {
    if (interrupted || !trouble_.empty()) {
      TestRecord record = PlannedRecord(test);
      record.verdict.reason = interrupted ? "the run was interrupted" : "the run could not go on";
      return record;
    }
    TestRecord record = session_.runner().Run(test, round);
    if (const auto written = journal_->Append(record); !written) trouble_ = written.error().message;
    console_.TestLine(record);
    invocation_.out.flush();
    record_.tests.push_back(record);
    return record;
  }

  void Finish() {
    record_.tests = MergeRepeats(std::move(record_.tests));
    AppendNotRun(record_.header.planned,
                 interrupted ? "the run was interrupted" : "the run stopped before it",
                 record_.tests);
    record_.duration = std::chrono::duration_cast<std::chrono::microseconds>(
        clock_.Now() - record_.header.started);
    if (journal_) {
      if (const auto ended = journal_->Finish(record_.duration); !ended && trouble_.empty()) {
        trouble_ = ended.error().message;
      }
    }
    const RunConclusion conclusion = Conclude(record_);
    const fs::path junit = fs::path(flags_.out) / "junit.xml";
    std::vector<std::string> reports;
    if (const auto written = ReplaceFile(junit, RenderJunit(record_)); written) {
      reports.push_back(junit.string());
    } else if (trouble_.empty()) {
      trouble_ = written.error().message;
    }
    invocation_.exit_code = conclusion.code;
    std::string meaning(NameOf(conclusion.code));
    if (!conclusion.reasons.empty()) {
      meaning += fmt::format(" ({})", fmt::join(conclusion.reasons, "; "));
    }
    if (!trouble_.empty()) {
      // A verdict that could not be written down is no pass, and a failure is one all the same.
      if (conclusion.code == ExitCode::kConforms) {
        invocation_.exit_code = ExitCode::kCouldNotTell;
        meaning = "could not tell (the reports could not be written)";
      }
      invocation_.err << "conform: " << trouble_ << '\n';
    }
    console_.Summary(record_, ComputeCoverage(record_),
                     {static_cast<int>(invocation_.exit_code), meaning, reports});
    invocation_.out.flush();
  }

  const Workspace& workspace_;
  Session& session_;
  const RunFlags& flags_;
  Invocation& invocation_;
  Clock& clock_;
  Console console_;
  RunRecord record_;
  std::optional<Journal> journal_;
  std::string trouble_;  ///< why no more can be written; else empty.
};

void RunAll(const RunFlags& flags, Invocation& invocation) {
  RunLimits limits;
  limits.allowed_effects = flags.allow_effects;
  if (!flags.patience.empty()) {
    const auto patience = ParseDuration(flags.patience);
    if (!patience) {
      invocation.Refuse(fmt::format("--patience {}: write a duration such as 15m", flags.patience));
      return;
    }
    limits.patience = *patience;
  }
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(flags.workspace, invocation);
  if (workspace == nullptr) return;
  SystemClock clock;
  const auto session = Session::Open(*workspace, clock, StandardChecks(), limits, flags.strict);
  if (!session) {
    invocation.err << "conform: " << session.error().message << '\n';
    invocation.exit_code = ExitCode::kCouldNotTell;
    return;
  }
  Run(*workspace, **session, flags, invocation, clock).Execute();
}

}  // namespace

void AddRunCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* command = app.add_subcommand("run", "Run cases and judge what comes back");
  AddWorkspaceFlags(*command, flags->workspace, true);
  command->add_option("--out", flags->out, "Folder for reports (default: reports)")
      ->type_name("DIR");
  command->add_flag("--strict", flags->strict, "A broken should fails");
  command
      ->add_option("--allow-effects", flags->allow_effects,
                   "Requests with an effect that may go to a tenant (default: 0)")
      ->check(CLI::NonNegativeNumber)
      ->type_name("N");
  command
      ->add_option("--patience", flags->patience,
                   "How long a test may wait on a tenant, e.g. 15m (default: not at all)")
      ->type_name("DURATION");
  command->footer(
      "--gtest_* flags are passed through to GoogleTest.\n"
      "Exit: 0 conforms, 1 nonconformance, 2 bad usage or file, 3 could not tell.\n"
      "Example: conform run --gtest_filter='*documented_request*'");
  command->callback([flags, &invocation] { RunAll(*flags, invocation); });
}

}  // namespace conform
