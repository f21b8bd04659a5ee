#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "auth/environment_tokens.h"
#include "base/signals_held_back.h"
#include "record/run_record_file.h"
#include "run/command.h"
#include "run/dry_run.h"
#include "run/effect_lock.h"
#include "run/explain.h"
#include "run/gtest_settings.h"
#include "run/make_header.h"
#include "run/previous_record.h"
#include "run/run_bundle.h"
#include "run/run_flag_check.h"
#include "run/run_flags.h"
#include "run/run_host.h"
#include "run/session.h"
#include "run/shell_text.h"
#include "run/stop.h"
#include "run/test_run.h"

namespace conform {
namespace {

/// What flags and variables say besides.
struct Readings {
  std::chrono::milliseconds patience;
  std::chrono::milliseconds deadline;
  Shard shard;
  LoadedRecord baseline;  ///< empty where none was named.
};

/// Before anything else is loaded. Nothing where something is wrong with them; then that was told.
std::optional<Readings> ReadFlags(const RunFlags& flags, Invocation& invocation) {
  const auto patience = ReadPatience(flags.patience, invocation);
  const auto deadline = ReadDuration("--deadline", flags.deadline, "10m", invocation);
  if (!patience || !deadline) return std::nullopt;
  const auto refuse = [&invocation](const std::string& trouble) -> std::optional<Readings> {
    invocation.Refuse(trouble);
    return std::nullopt;
  };
  const std::string trouble = FindFlagTrouble(flags);
  if (!trouble.empty()) return refuse(trouble);
  const Expected<Shard> shard = CurrentShard();
  if (!shard) return refuse(shard.error().message);
  Readings readings{*patience, *deadline, *shard, {}};
  if (flags.baseline.empty()) return readings;
  auto baseline = LoadRunRecord(flags.baseline);
  if (!baseline) return refuse(baseline.error().message);
  readings.baseline = *std::move(baseline);
  return readings;
}

/// A case's file, named by itself or by its id.
std::string FileOfCase(const std::string& named, const std::filesystem::path& cases) {
  std::error_code ignored;
  const std::filesystem::path by_id = cases / (named + ".yaml");
  const bool is_id =
      !std::filesystem::exists(named, ignored) && std::filesystem::is_regular_file(by_id, ignored);
  return is_id ? by_id.string() : named;
}

/// Only against a mock, where every test has a tenant of its own: to explain sends the requests.
void ExplainCase(const RunFlags& flags, Invocation& invocation) {
  WorkspaceFlags chosen = flags.workspace;
  if (!chosen.paths.empty()) {
    invocation.Refuse("--explain names the case itself: leave PATH out");
    return;
  }
  chosen.paths = {FileOfCase(flags.explain, invocation.folders.cases)};
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(chosen, invocation);
  if (workspace == nullptr) return;
  if (!workspace->profile.mock) {
    invocation.Refuse(fmt::format("--explain sends the requests, and profile '{}' is no mock",
                                  workspace->profile.name));
    return;
  }
  SystemClock clock;
  const auto session = Session::Open(*workspace, clock, invocation.redactor, StandardChecks(), {},
                                     flags.options.strict);
  if (!session) return invocation.CannotTell(session.error().message);
  Explain(*workspace, **session, invocation.out);
}

/// Tells what RunByFlags would send.
void DryRunByFlags(const RunFlags& flags, Invocation& invocation) {
  const auto readings = ReadFlags(flags, invocation);
  if (!readings) return;
  RunLimits limits;
  limits.allowed_effects = flags.allow_effects;
  limits.patience = readings->patience;
  TellBundled(flags.workspace, invocation);
  const std::unique_ptr<Workspace> workspace = LoadCasesOrRefuse(flags.workspace, invocation);
  if (workspace == nullptr) return;
  WarnOfOtherServers(*workspace, invocation);
  const auto told = TellDryRun(*workspace, limits, ProcessEnvironment(), invocation);
  if (!told) invocation.Refuse(told.error().message);
}

/// Whoever exported a token for a service must know whether it is sent. A server on this machine
/// that is no mock takes none of the mock's.
void TellTokens(const Workspace& workspace, const Target& target, Invocation& invocation) {
  bool any = false;
  const char* use = target.is_embedded()
                        ? "is set and not sent: the embedded mock takes its own tokens"
                        : "is set and sent instead of the mock's own token";
  for (const IdentityKind kind : kIdentityKinds) {
    const std::string variable = TokenVariable(kind);
    const char* const token = std::getenv(variable.c_str());
    if (kind == IdentityKind::kNone || token == nullptr || *token == '\0') continue;
    any = true;
    invocation.err << fmt::format("conform: {} {}\n", variable, use);
  }
  const bool sends_one = std::any_of(
      workspace.tests.begin(), workspace.tests.end(),
      [](const Test& test) { return test.test_case->identity.kind != IdentityKind::kNone; });
  if (any || target.is_embedded() || !sends_one) return;
  invocation.err << fmt::format(
      "conform: {} is sent tokens that conform mock takes; for a server of your own set {}\n",
      target.name(), TokenVariable(IdentityKind::kDelegatedWork));
}

/// Has the run kept in the history, unless `options.finished` takes it. False: there can be none,
/// and that was told.
bool KeepInHistory(const RunFlags& flags, TestRunOptions& options, Invocation& invocation) {
  if (options.finished) return true;
  std::shared_ptr<RunKeeper> keeper = RunKeeper::Open(flags.history, invocation);
  if (keeper == nullptr) return false;
  options.history_head = keeper->Head();
  options.finished = [keeper, folder = options.reports.folder](const FinishedRun& run) {
    keeper->Keep(run, folder);
  };
  return true;
}

/// As the shell takes it; a filter for the test is missing.
std::string AgainLine(const WorkspaceFlags& flags) {
  std::string line = "conform run";
  for (const auto& path : flags.paths) line += " " + ShellQuoted(path);
  if (flags.profile != WorkspaceFlags().profile) line += " --profile " + ShellQuoted(flags.profile);
  if (!flags.base_url.empty()) line += " --base-url " + ShellQuoted(flags.base_url);
  if (!flags.as_of.empty()) line += " --as-of " + ShellQuoted(flags.as_of);
  return line;
}

RunLimits LimitsOf(const RunFlags& flags, std::chrono::milliseconds patience, Stop& stop) {
  RunLimits limits;
  limits.allowed_effects = flags.allow_effects;
  limits.patience = patience;
  limits.flaky_fails = flags.flaky == "fail";
  limits.spares_passes = flags.options.evidence == kFailedAlone;
  limits.again = AgainLine(flags.workspace);
  limits.stop = &stop;
  return limits;
}

}  // namespace

void RunByFlags(const RunFlags& flags, Invocation& invocation) {
  const auto readings = ReadFlags(flags, invocation);
  if (!readings) return;
  WarnOfExposedKey(flags.options.reports.bundle, invocation.err);
  Stop stop;
  if (!flags.deadline.empty()) {
    stop.RequestAfter(readings->deadline,
                      fmt::format("the deadline of {} was reached", flags.deadline));
  }
  TestRunOptions options = flags.options;
  if (!flags.baseline.empty()) options.baseline = &readings->baseline.record;
  options.previous_sha256 = BeginDigestOfPrevious(options.reports.folder);
  // A watch says what changed, and nothing else.
  const bool watches = static_cast<bool>(flags.options.finished);
  if (!watches) TellBundled(flags.workspace, invocation);
  const std::unique_ptr<Workspace> workspace = LoadCasesOrRefuse(flags.workspace, invocation);
  if (workspace == nullptr) return;
  if (!options.reports.bundle.file.empty()) {
    const auto bundled = CheckBundleInputs(options.reports.bundle, RecordFiles(*workspace));
    if (!bundled) return invocation.Refuse(bundled.error().message);
  }
  if (!watches) WarnOfOtherServers(*workspace, invocation);
  if (!KeepInHistory(flags, options, invocation)) return;
  SystemClock machine_clock;
  StoppableClock clock(machine_clock, stop);
  Stop::CatchSignals();
  std::optional<SignalsHeldBack> held_back(std::in_place);
  const auto session =
      Session::Open(*workspace, clock, invocation.redactor, StandardChecks(),
                    LimitsOf(flags, readings->patience, stop), flags.options.strict);
  held_back.reset();
  if (!session) return invocation.CannotTell(session.error().message);
  if ((*session)->target().is_tenant() && flags.allow_effects > 0 && readings->shard.count > 1) {
    invocation.Refuse(
        "requests with an effect on a tenant are never run sharded: unset "
        "GTEST_TOTAL_SHARDS, or leave --allow-effects out");
    return;
  }
  const auto effects =
      HoldEffects(*workspace, (*session)->target(), flags.allow_effects, ProcessEnvironment());
  if (!effects) return invocation.CannotTell(effects.error().message);
  if (workspace->profile.mock && !watches) TellTokens(*workspace, (*session)->target(), invocation);
  TestRun(*workspace, **session, options, invocation, clock, stop).Execute(readings->shard);
}

void AddPatienceFlag(CLI::App& command, std::string& patience) {
  command.add_option("--patience", patience, "How long a test may wait on a tenant (default: 0s)")
      ->type_name("DURATION");
}

void AddEffectsFlag(CLI::App& command, int& allowed) {
  constexpr int kMostEffects = 1'000'000;
  command
      .add_option("--allow-effects", allowed,
                  "Most requests with an effect on a tenant (default: 0)")
      ->check(CLI::Range(0, kMostEffects))
      ->type_name("N");
}

void AddRunFlags(CLI::App& command, RunFlags& flags) {
  command
      .add_option("--out", flags.options.reports.folder, "Folder for reports (default: reports)")
      ->type_name("DIR");
  AddFormatsFlag(command, "--report", flags.options.reports.formats);
  AddBundleFlags(command, flags.options.reports.bundle);
  command
      .add_option("--jobs", flags.options.jobs,
                  "Tests at once (default: 2 x cores on a mock, else 1)")
      ->check(CLI::Range(1, 1'000))
      ->type_name("N");
  command.add_flag("--strict", flags.options.strict, "A broken should fails");
  command
      .add_option("--flaky", flags.flaky, "Passed only when asked again: tell (default) or fail")
      ->check(OneOf({"tell", "fail"}))
      ->type_name("WHAT");
  command.add_flag("--fail-fast", flags.options.fail_fast, "Send nothing more once a test failed");
  command.add_option("--deadline", flags.deadline, "Send nothing more after this time, e.g. 10m")
      ->type_name("DURATION");
  AddEffectsFlag(command, flags.allow_effects);
  AddPatienceFlag(command, flags.patience);
}

void AddRunCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<RunFlags>();
  CLI::App* command = app.add_subcommand("run", "Run cases and judge what comes back");
  AddWorkspaceFlags(*command, flags->workspace);
  CLI::Option* explain = command
                             ->add_option("--explain", flags->explain,
                                          "Show what every ${...} of a case becomes, on a mock")
                             ->type_name("CASE");
  command
      ->add_flag("--dry-run", flags->dry_run, "Send nothing; show what would be, to where, as whom")
      ->excludes(explain);
  AddRunFlags(*command, *flags);
  command->add_flag("-q,--quiet", flags->options.quiet,
                    "Print only tests that did not pass, and the end");
  command
      ->add_option("--baseline", flags->baseline,
                   "An earlier run: only failures new since then count")
      ->type_name("RUN");
  command
      ->add_option(
          "--evidence", flags->options.evidence,
          "Exchanges to keep: of all tests (default), or of failed: those that did not pass")
      ->check(OneOf({"all", kFailedAlone}))
      ->type_name("WHICH");
  AddHistoryFlags(*command, flags->history, /*optional=*/true);
  command->footer(
      "--gtest_* flags are passed through to GoogleTest.\n"
      "SIGINT, SIGTERM, SIGHUP: nothing more is sent, every report is written.\n"
      "Exit: 0 conforms, 1 nonconformance, 2 bad usage or file, 3 could not tell.\n"
      "Example: conform run --gtest_filter='*documented_request*'");
  command->callback([flags, &invocation] {
    if (!flags->explain.empty()) {
      ExplainCase(*flags, invocation);
    } else if (flags->dry_run) {
      DryRunByFlags(*flags, invocation);
    } else {
      RunByFlags(*flags, invocation);
    }
  });
}

}  // namespace conform
