#include <fmt/format.h>

#include "run/command.h"

namespace conform {
namespace {

void Lint(const WorkspaceFlags& flags, Invocation& invocation) {
  const std::unique_ptr<Workspace> workspace = LoadOrRefuse(flags, invocation);
  if (workspace == nullptr) return;
  invocation.out << fmt::format("no mistakes in {} contracts, {} protocol sets and {} cases\n",
                                workspace->catalog.contracts.size(),
                                workspace->catalog.protocols.size(), workspace->cases.size());
}

}  // namespace

void AddLintCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<WorkspaceFlags>();
  CLI::App* command =
      app.add_subcommand("lint", "Check contracts, cases and profile; send nothing");
  AddWorkspaceFlags(*command, *flags, true);
  command->footer("Exit: 0 no mistakes, 2 mistakes.\nExample: conform lint cases/graph");
  command->callback([flags, &invocation] { Lint(*flags, invocation); });
}

}  // namespace conform
