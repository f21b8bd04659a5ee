// A command's help, so that it fits a terminal of 80 columns.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace conform {

inline constexpr std::size_t kHelpColumns = 80;

/// An option's name and value in the left column, its description wrapped in the right one. What a
/// value may be, what an option needs or excludes, is for the description: CLI11 tells who breaks
/// it.
class HelpFormat : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  /// A group of options: its name as a heading, as that of the others.
  std::string make_expanded(const CLI::App* group) const override;
};

}  // namespace conform
