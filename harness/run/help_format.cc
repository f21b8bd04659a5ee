#include "run/help_format.h"

#include <fmt/format.h>

#include <sstream>

namespace conform {
namespace {

constexpr std::size_t kNameColumns = 24;

/// `FORM` of `FORM:{text,json}`: what comes after is how CLI11 tells its own checks.
std::string NameOfValue(const CLI::Option& option) {
  if (option.get_expected_max() == 0) return {};
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

std::string DescribeLeft(const CLI::Option& option, bool positional) {
  if (positional) return option.get_name(true);
  const std::string value = NameOfValue(option);
  return option.get_name(false, true) + (value.empty() ? "" : " ") + value;
}

/// A name too long for its column has a row of its own.
std::string RenderRow(const std::string& name, const std::string& description) {
  const std::string indent = '\n' + std::string(kNameColumns, ' ');
  std::string out = "  " + name;
  out += out.size() + 1 > kNameColumns ? indent : std::string(kNameColumns - out.size(), ' ');
  std::size_t column = kNameColumns;
  std::string between;
  std::istringstream words(description);
  for (std::string word; words >> word;) {
    if (column + between.size() + word.size() > kHelpColumns) {
      out += indent;
      column = kNameColumns;
      between.clear();
    }
    out += between + word;
    column += between.size() + word.size();
    between = " ";
  }
  return out + '\n';
}

}  // namespace

std::string HelpFormat::make_option(const CLI::Option* option, bool positional) const {
  std::string description = option->get_description();
  if (!option->get_envname().empty()) {
    description += fmt::format(" (default: ${})", option->get_envname());
  }
  return RenderRow(DescribeLeft(*option, positional), description);
}

std::string HelpFormat::make_subcommand(const CLI::App* command) const {
  return RenderRow(command->get_display_name(true), command->get_description());
}

std::string HelpFormat::make_expanded(const CLI::App* group) const {
  std::string out = fmt::format("\n{}:\n", group->get_group());
  for (const CLI::Option* option : group->get_options()) {
    if (option != group->get_help_ptr()) out += make_option(option, false);
  }
  return out;
}

}  // namespace conform
