#include <fmt/format.h>

#include "base/count_text.h"
#include "run/command.h"
#include "run/page_check.h"

namespace conform {
namespace {

struct LintFlags {
  WorkspaceFlags workspace;
  std::string pages;
};

void Lint(const LintFlags& flags, Invocation& invocation) {
  TellBundled(flags.workspace, invocation);
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(flags.workspace, invocation);
  if (workspace == nullptr) return;
  Diagnostics diagnostics;
  CheckPages(workspace->catalog, flags.pages, diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (diagnostics.HasErrors()) return invocation.Refuse("the pages were not compared");
  invocation.out << fmt::format("no mistakes in {}, {} and {}\n",
                                CountOf(workspace->catalog.contracts.size(), "contract"),
                                CountOf(workspace->catalog.protocols.size(), "protocol set"),
                                CountOf(workspace->cases.size(), "case"));
}

}  // namespace

void AddLintCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<LintFlags>();
  CLI::App* command =
      app.add_subcommand("lint", "Check contracts, cases and profile; send nothing");
  AddWorkspaceFlags(*command, flags->workspace);
  command
      ->add_option(
          "--pages", flags->pages,
          "Warn of contracts taken from a page that has changed since:\nlook for pages (.md) "
          "below DIR, and in any case beside the contracts")
      ->type_name("DIR");
  command->footer(
      "Exit: 0 no mistakes (warnings are told), 2 mistakes.\nExample: conform lint cases/graph");
  command->callback([flags, &invocation] { Lint(*flags, invocation); });
}

}  // namespace conform
