#include <fmt/format.h>

#include "base/count_text.h"
#include "record/coverage.h"
#include "report/coverage_text.h"
#include "report/finding_text.h"
#include "run/command.h"
#include "run/make_header.h"
#include "run/session.h"

namespace conform {
namespace {

struct ListFlags {
  WorkspaceFlags workspace;
  bool coverage = false;
  bool json = false;
};

/// Coverage is computed from what is judged, so the tests are run, on the embedded mock.
void ListCoverage(const Workspace& workspace, const ListFlags& flags, Invocation& invocation) {
  if (!RequireEmbedded(workspace, "--coverage", invocation)) return;
  SystemClock clock;
  const auto session =
      Session::Open(workspace, clock, invocation.redactor, StandardChecks(), {}, false);
  if (!session) return invocation.CannotTell(session.error().message);
  RunRecord record;
  record.header =
      MakeHeader(workspace, (*session)->target(), clock.Now(), ProcessEnvironment(), false);
  for (const Test& test : workspace.tests) record.tests.push_back((*session)->runner().Run(test));
  const auto coverage = ComputeCoverage(record);
  invocation.out << (flags.json ? RenderCoverageJson(coverage) : RenderCoverage(coverage));
}

void List(const ListFlags& flags, Invocation& invocation) {
  TellBundled(flags.workspace, invocation);
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(flags.workspace, invocation);
  if (workspace == nullptr) return;
  if (flags.coverage) {
    ListCoverage(*workspace, flags, invocation);
    return;
  }
  for (const Test& test : workspace->tests) {
    invocation.out << fmt::format("{}\n    {}:{}  {}\n", test.Id(), test.Path(), test.Line(),
                                  test.test_case->title);
  }
  invocation.out << fmt::format("{} of {}\n", CountOf(workspace->tests.size(), "test"),
                                CountOf(workspace->cases.size(), "case"));
}

}  // namespace

void AddListCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ListFlags>();
  CLI::App* command = app.add_subcommand("list", "List the tests, or which clause each judges");
  AddPathOperand(*command, flags->workspace);
  AddAsOfFlag(*command, flags->workspace.as_of);
  AddProfileFlag(*command, flags->workspace.profile,
                 "Whose variables and editions hold: mock (the default), another, or a path");
  auto* coverage = command->add_flag("--coverage", flags->coverage,
                                     "Run the tests on the embedded mock and show every clause");
  command->add_flag("--json", flags->json, "Coverage as JSON")->needs(coverage);
  command->footer("Example: conform list --coverage");
  command->callback([flags, &invocation] { List(*flags, invocation); });
}

}  // namespace conform
