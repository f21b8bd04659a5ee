#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>

#include "base/count_text.h"
#include "run/build.h"
#include "run/command.h"
#include "run/make_header.h"
#include "run/self_check.h"
#include "run/self_check_result.h"

namespace conform {
namespace {

void TellFault(const FaultResult& result, std::ostream& out) {
  std::set<std::string> clauses;
  for (const ClauseKey& key : result.found) clauses.insert(key.id);
  if (result.IsCaught()) {
    out << fmt::format("caught  {}  by {} in {}\n", result.fault, fmt::join(clauses, ", "),
                       CountOf(result.tests, "test"));
    return;
  }
  if (!result.missed.empty()) {
    out << fmt::format("MISSED  {}  nothing answered through {}\n", result.fault,
                       fmt::join(result.missed, ", "));
  }
  if (!result.strays.empty()) {
    out << fmt::format("STRAY   {}  answered also through {}\n", result.fault,
                       fmt::join(result.strays, ", "));
  }
}

std::uint64_t CountCaught(const SelfCheck& check) {
  return static_cast<std::uint64_t>(
      std::count_if(check.faults.begin(), check.faults.end(),
                    [](const FaultResult& fault) { return fault.IsCaught(); }));
}

std::string Conclude(const SelfCheck& check) {
  if (check.Holds()) return "the harness holds";
  if (!check.CatchesAll()) return "the harness does not hold";
  std::vector<std::string> gaps;
  const auto add = [&](const char* what, const std::vector<ClauseKey>& clauses) {
    if (!clauses.empty())
      gaps.push_back(fmt::format("{} {}", what, CountOf(clauses.size(), "clause")));
  };
  add("no case tests", check.without_case);
  add("no fault is made for", check.unbreakable);
  return fmt::format("{}", fmt::join(gaps, ", "));
}

void Summarise(const SelfCheck& check, std::ostream& out) {
  for (const std::string& test : check.broken_without_fault) {
    out << fmt::format("BROKEN  {}  does not pass on the sound mock\n", test);
  }
  for (const ClauseKey& key : check.without_case) {
    out << fmt::format("NO CASE {} {}  no answer to these cases could break it\n", key.id,
                       key.edition);
  }
  for (const ClauseKey& key : check.unbreakable) {
    out << fmt::format("UNSEEN  {} {}  is judged, but no fault breaks it\n", key.id, key.edition);
  }
  for (const std::string& clause : check.stated_untested) {
    out << fmt::format("untested  {}\n", clause);
  }
  if (!check.not_planted.empty()) {
    out << fmt::format("not planted: {} of what no contract or protocol set here promises\n",
                       CountOf(check.not_planted.size(), "fault"));
  }
  if (!check.without_effect.empty()) {
    out << fmt::format("not seen: {} that change no answer to these cases\n",
                       CountOf(check.without_effect.size(), "fault"));
  }
  out << fmt::format("{} of {} faults caught through exactly the clauses they break; {}\n",
                     CountCaught(check), check.faults.size(), Conclude(check));
}

void Check(const WorkspaceFlags& flags, Invocation& invocation) {
  TellBundled(flags, invocation);
  const std::unique_ptr<Workspace> workspace = LoadCasesOrRefuse(flags, invocation);
  if (workspace == nullptr || !RequireEmbedded(*workspace, "self-check", invocation)) return;
  // Its variables are meant, not who signs in there and what is taken lightly.
  workspace->profile.softened.clear();
  workspace->profile.identities = {};
  // On loopback an answer takes a millisecond: a fault that leaves us waiting need not wait long.
  workspace->profile.bounds.read = std::chrono::milliseconds(500);
  SystemClock clock;
  const auto tell = [&](const FaultResult& result) {
    TellFault(result, invocation.out);
    invocation.out.flush();
  };
  const auto check = RunSelfCheck(*workspace, clock, StandardChecks(), tell);
  if (!check) return invocation.CannotTell(check.error().message);
  Summarise(*check, invocation.out);
  const std::uint64_t caught = CountCaught(*check);
  // By a profile of somebody's own it says nothing of other runs.
  if (flags.profile == WorkspaceFlags().profile) {
    const auto kept =
        KeepSelfCheck({clock.Now(), check->faults.size(), caught}, ThisTool(),
                      RecordFiles(*workspace), ProcessEnvironment(), invocation.redactor);
    // That it cannot be kept is no reason to say that the harness does not hold.
    if (!kept) invocation.err << "conform: " << kept.error().message << '\n';
  }
  if (!check->Holds()) invocation.exit_code = ExitCode::kNonconformance;
}

}  // namespace

void AddSelfCheckCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<WorkspaceFlags>();
  CLI::App* command = app.add_subcommand(
      "self-check", "Plant each fault in the mock and see that the cases catch it");
  AddAsOfFlag(*command, flags->as_of);
  AddProfileFlag(*command, flags->profile,
                 "Whose variables hold: mock (the default), or a path to another of target mock");
  command->footer(
      "It holds all of cases/ against every fault.\n"
      "Exit: 0 every fault is caught and every service clause is judged and can be\n"
      "broken, 1 not.\n"
      "Example: conform self-check");
  command->callback([flags, &invocation] { Check(*flags, invocation); });
}

}  // namespace conform
