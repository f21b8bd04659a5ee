// The command line as data: what a manual page and a shell's completion are made of.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace conform {

struct OptionModel {
  std::vector<std::string> spellings;  ///< `--out`, `-o`; of a positional its name alone.
  std::string value;                   ///< `DIR`; empty: it takes none.
  std::string description;
  bool positional = false;
};

struct CommandModel {
  std::string name;
  std::string description;
  std::string footer;
  std::vector<OptionModel> options;  ///< positionals too; in the order of the help.
};

struct ToolModel {
  CommandModel whole;                  ///< the program and what holds for every command.
  std::vector<CommandModel> commands;  ///< in the order of the help.
};

/// Hidden options and commands, those of no group, are left out.
ToolModel DescribeCommands(const CLI::App& app);

}  // namespace conform
