#include <array>

#include "run/build.h"
#include "run/command.h"
#include "run/completion.h"
#include "run/manual_page.h"

namespace conform {
namespace {

struct ShellScript {
  const char* shell;
  std::string (*make)(const ToolModel&);
};

constexpr std::array<ShellScript, 3> kShells = {
    {{"bash", BashCompletion}, {"zsh", ZshCompletion}, {"fish", FishCompletion}}};

}  // namespace

void AddCompletionCommand(CLI::App& app, Invocation& invocation) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("completion", "Print what a shell needs to complete command lines");
  std::vector<std::string> names;
  for (const ShellScript& each : kShells) names.emplace_back(each.shell);
  command->add_option("SHELL", *shell, "bash, zsh or fish")->check(OneOf(names))->required();
  command->footer(
      "bash: source <(conform completion bash)\n"
      "zsh: put it on your fpath as _conform\n"
      "fish: put it into ~/.config/fish/completions/conform.fish\n"
      "Example: conform completion bash");
  command->callback([shell, &app, &invocation] {
    for (const ShellScript& each : kShells) {
      if (*shell == each.shell) invocation.out << each.make(DescribeCommands(app));
    }
  });
}

void AddManualCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("manual", "Print the manual page, for man(1)");
  command->group("");
  command->footer("Example: conform manual | man -l -");
  command->callback([&app, &invocation] {
    invocation.out << ManualPage(DescribeCommands(app), ThisTool().version);
  });
}

}  // namespace conform
