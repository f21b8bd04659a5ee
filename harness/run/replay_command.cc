#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/signals_held_back.h"
#include "base/utf8.h"
#include "record/run_record_file.h"
#include "report/finding_text.h"
#include "run/command.h"
#include "run/effect_lock.h"
#include "run/profile_lookup.h"
#include "run/record_difference.h"
#include "run/run_flag_check.h"
#include "run/run_flags.h"
#include "run/run_host.h"
#include "run/session.h"
#include "run/stop.h"

namespace conform {
namespace {

struct ReplayFlags {
  std::string run;
  std::string test_case;
  WorkspaceFlags workspace;
  int allow_effects = 0;
  std::string patience;
};

/// A case's id, its file, or a test's `suite.name`.
bool IsMeant(const TestRecord& test, const std::string& name) {
  return test.case_id == name || test.path == name || test.Id() == name || test.name == name;
}

/// The tests of the record that are meant, with all that crossed the wire.
Expected<std::vector<TestRecord>> FindRecorded(const ReplayFlags& flags,
                                               const LoadedRecord& loaded) {
  std::vector<TestRecord> found;
  const EvidenceReader evidence = loaded.Evidence();
  for (std::size_t i = 0; i < loaded.record.tests.size(); ++i) {
    if (!IsMeant(loaded.record.tests[i], flags.test_case)) continue;
    auto test = evidence(i);
    if (!test) return tl::unexpected(test.error());
    if (test->verdict.outcome == Outcome::kPass) {
      const auto whole = RequireEvidence(loaded.record, flags.run);
      if (!whole) return tl::unexpected(whole.error());
    }
    found.push_back(*std::move(test));
  }
  if (!found.empty()) return found;
  return Fail(
      fmt::format("{} has no test of '{}': name a case by its id or file, or a test by suite.name",
                  flags.run, flags.test_case));
}

/// Null: conform itself sent what the record tells.
const FileRecord* FindRecording(const RunHeader& header) {
  const auto found = std::find_if(header.files.begin(), header.files.end(),
                                  [](const FileRecord& file) { return file.kind == kRecording; });
  return found == header.files.end() ? nullptr : &*found;
}

/// What the flags say, else the record's profile. Errors: it is a file, which may name a program,
/// and a record may be a stranger's.
Expected<WorkspaceFlags> WhereTo(const ReplayFlags& flags, const RunHeader& header) {
  WorkspaceFlags where = flags.workspace;
  if (!where.profile.empty()) return where;
  if (NamesProfileFile(header.profile)) {
    return Fail(
        fmt::format("{}: its profile is the file {}, which a record does not choose: name the "
                    "profile with --profile",
                    flags.run, ShowLine(header.profile)));
  }
  where.profile = header.profile;
  return where;
}

/// A record may be a stranger's: where it went counts only as far as the profile goes there too.
Expected<void> RequireTarget(const ReplayFlags& flags, const RunHeader& header,
                             const Profile& profile) {
  if (!flags.workspace.profile.empty() || !flags.workspace.base_url.empty()) return {};
  const std::string own = NameOfTarget(profile);
  if (header.target == own) return {};
  return Fail(
      fmt::format("{}: its requests went to {}, profile '{}' goes to {}: say where to send them, "
                  "tokens and all, by --base-url or --profile",
                  flags.run, ShowLine(header.target), profile.name, own));
}

const Test* FindTest(const Workspace& workspace, const TestRecord& record) {
  const auto found = std::find_if(workspace.tests.begin(), workspace.tests.end(),
                                  [&](const Test& test) { return test.Id() == record.Id(); });
  return found == workspace.tests.end() ? nullptr : &*found;
}

/// Shows what differs; whether anything does.
bool Tell(const TestRecord& before, const TestRecord& now, std::ostream& out) {
  const auto differences = CompareTests(before, now);
  out << RenderVerdictLine(now);
  if (differences.empty()) out << "      as recorded\n";
  for (const RecordDifference& each : differences) {
    out << fmt::format("      {}\n        recorded  {}\n        now       {}\n", each.place,
                       each.before, each.now);
  }
  return !differences.empty();
}

/// Sends each again, tells what differs and sets the exit code.
void ReplayEach(const std::vector<TestRecord>& recorded, const Workspace& workspace,
                Session& session, Stop& stop, Invocation& invocation) {
  bool differs = false;
  bool untold = false;
  for (const TestRecord& before : recorded) {
    const Test* test = FindTest(workspace, before);
    if (stop.IsRequested()) {
      untold = true;
      break;
    }
    if (test == nullptr) {
      invocation.err << fmt::format("conform: {}: there is no such test any more\n", before.Id());
      untold = true;
      continue;
    }
    const TestRecord now = session.runner().Run(*test);
    // No answer, throttled, or stopped: that says nothing of the service that answered before.
    const bool lost = IsConclusive(before.verdict.outcome) || stop.IsRequested();
    if (lost && !IsConclusive(now.verdict.outcome)) {
      invocation.out << RenderVerdictLine(now);
      untold = true;
      continue;
    }
    untold = untold || now.exchanges.empty();
    differs = Tell(before, now, invocation.out) || differs;
  }
  if (differs) invocation.exit_code = ExitCode::kNonconformance;
  if (untold) invocation.exit_code = ExitCode::kCouldNotTell;
}

void Replay(const ReplayFlags& flags, Invocation& invocation) {
  const auto loaded = LoadRunRecord(flags.run);
  if (!loaded) return invocation.Refuse(loaded.error().message);
  const auto patience = ReadPatience(flags.patience, invocation);
  if (!patience) return;
  const RunHeader& header = loaded->record.header;
  if (const FileRecord* const recording = FindRecording(header)) {
    return invocation.Refuse(
        fmt::format("{} tells what another tool sent, as {} holds it: no case sends that again",
                    flags.run, ShowLine(recording->path)));
  }
  const auto recorded = FindRecorded(flags, *loaded);
  if (!recorded) return invocation.Refuse(recorded.error().message);
  const auto where = WhereTo(flags, header);
  if (!where) return invocation.Refuse(where.error().message);
  const auto workspace = LoadOrRefuse(*where, invocation);
  if (workspace == nullptr) return;
  const auto same = RequireTarget(flags, header, workspace->profile);
  if (!same) return invocation.Refuse(same.error().message);
  WarnOfOtherServers(*workspace, invocation);
  SystemClock machine_clock;
  Stop stop;
  StoppableClock clock(machine_clock, stop);
  Stop::CatchSignals();
  RunLimits limits;
  limits.stop = &stop;
  limits.allowed_effects = flags.allow_effects;
  limits.patience = *patience;
  std::optional<SignalsHeldBack> held_back(std::in_place);
  const auto session = Session::Open(*workspace, clock, invocation.redactor, StandardChecks(),
                                     limits, header.strict);
  held_back.reset();
  if (!session) return invocation.CannotTell(session.error().message);
  const auto effects =
      HoldEffects(*workspace, (*session)->target(), flags.allow_effects, ProcessEnvironment());
  if (!effects) return invocation.CannotTell(effects.error().message);
  (*session)->target().AskWhetherMock(workspace->profile, clock);
  ReplayEach(*recorded, *workspace, **session, stop, invocation);
}

}  // namespace

void AddReplayCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ReplayFlags>();
  flags->workspace.profile.clear();
  CLI::App* command =
      app.add_subcommand("replay", "Send one case of a run again and show what differs");
  command->add_option("RUN", flags->run, "A run.json, a journal, or a reports folder")->required();
  command->add_option("CASE", flags->test_case, "A case's id or file, or a test's suite.name")
      ->required();
  command
      ->add_option("--profile", flags->workspace.profile, "Where to send it (default: as recorded)")
      ->type_name("NAME");
  command
      ->add_option("--base-url", flags->workspace.base_url,
                   "Send to this origin instead; plain http only to loopback")
      ->type_name("ORIGIN");
  AddEffectsFlag(*command, flags->allow_effects);
  AddPatienceFlag(*command, flags->patience);
  command->footer(
      "Exit: 0 as recorded, 1 something differs, 2 bad usage or file, 3 could not tell.\n"
      "Example: conform replay reports \\\n"
      "           deviceManagement_deviceCategories_delete/2024_08.twice");
  command->callback([flags, &invocation] { Replay(*flags, invocation); });
}

}  // namespace conform
