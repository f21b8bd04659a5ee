#include "run/mistyped.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/nearest_name.h"
#include "base/utf8.h"
#include "run/command_model.h"

namespace conform {
namespace {

struct GtestFlag {
  std::string_view name;
  bool needs_value;
};

/// GoogleTest 1.12, "Running Test Programs: Advanced Options".
constexpr std::array kGtestFlags = {
    GtestFlag{"--gtest_also_run_disabled_tests", false},
    GtestFlag{"--gtest_break_on_failure", false},
    GtestFlag{"--gtest_brief", false},
    GtestFlag{"--gtest_catch_exceptions", false},
    GtestFlag{"--gtest_color", true},
    GtestFlag{"--gtest_death_test_style", true},
    GtestFlag{"--gtest_fail_fast", false},
    GtestFlag{"--gtest_filter", true},
    GtestFlag{"--gtest_flagfile", true},
    GtestFlag{"--gtest_internal_run_death_test", true},
    GtestFlag{"--gtest_list_tests", false},
    GtestFlag{"--gtest_output", true},
    GtestFlag{"--gtest_print_time", false},
    GtestFlag{"--gtest_print_utf8", false},
    GtestFlag{"--gtest_random_seed", true},
    GtestFlag{"--gtest_recreate_environments_when_repeating", false},
    GtestFlag{"--gtest_repeat", true},
    GtestFlag{"--gtest_shuffle", false},
    GtestFlag{"--gtest_stack_trace_depth", true},
    GtestFlag{"--gtest_stream_result_to", true},
    GtestFlag{"--gtest_throw_on_failure", false},
};

bool IsOption(std::string_view argument) { return argument.size() > 1 && argument[0] == '-'; }

std::string_view FindCommand(const std::vector<std::string>& arguments) {
  const auto found = std::find_if_not(arguments.begin(), arguments.end(),
                                      [](const std::string& each) { return IsOption(each); });
  return found == arguments.end() ? std::string_view() : std::string_view(*found);
}

/// `: did you mean 'run'?`, or what tells of all there are.
std::string Instead(std::string_view name, const std::vector<std::string_view>& known,
                    std::string_view list) {
  const std::string nearest = DidYouMean(name, known);
  return nearest.empty() ? fmt::format("; {} tells those there are", list) : "; " + nearest;
}

}  // namespace

std::string DescribeMistyped(const CLI::App& app, const std::vector<std::string>& arguments) {
  const ToolModel tool = DescribeCommands(app);
  const std::string_view command = FindCommand(arguments);
  std::vector<std::string_view> known;
  for (const CommandModel& each : tool.commands) known.push_back(each.name);
  const auto model =
      std::find_if(tool.commands.begin(), tool.commands.end(),
                   [command](const CommandModel& each) { return each.name == command; });
  if (!command.empty() && model == tool.commands.end()) {
    return fmt::format("conform: no command '{}'{}\n", ShowLine(command, 60),
                       Instead(command, known, "conform --help"));
  }
  known.clear();
  const std::vector<OptionModel> none;
  for (const auto* options : {&tool.whole.options, command.empty() ? &none : &model->options}) {
    for (const OptionModel& each : *options) {
      if (each.positional) continue;
      known.insert(known.end(), each.spellings.begin(), each.spellings.end());
    }
  }
  const std::string caller = command.empty() ? "conform" : fmt::format("conform {}", command);
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    const std::string_view name = std::string_view(argument).substr(0, argument.find('='));
    if (!name.starts_with("--") || std::find(known.begin(), known.end(), name) != known.end()) {
      continue;
    }
    return fmt::format("{}: no option '{}'{}\n", caller, ShowLine(name, 60),
                       Instead(name, known, caller + " --help"));
  }
  return "";
}

std::string DescribeMistypedFlags(const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& flags) {
  std::vector<std::string_view> known;
  for (const GtestFlag& each : kGtestFlags) known.push_back(each.name);
  for (const std::string& flag : flags) {
    const std::string_view name = std::string_view(flag).substr(0, flag.find('='));
    const auto* const found =
        std::find_if(kGtestFlags.begin(), kGtestFlags.end(),
                     [name](const GtestFlag& each) { return each.name == name; });
    if (found == kGtestFlags.end()) {
      return fmt::format("conform: GoogleTest has no flag '{}'{}\n", ShowLine(name, 60),
                         Instead(name, known, "its documentation"));
    }
    if (found->needs_value && name.size() == flag.size()) {
      return fmt::format("conform: '{}' lacks its value; write {}=VALUE\n", flag, flag);
    }
  }
  const std::string_view command = FindCommand(arguments);
  if (flags.empty() || command.empty() || command == "run" || command == "watch") return "";
  return fmt::format(
      "conform {}: takes no flags of GoogleTest, such as '{}'; run and watch do, and "
      "'conform run --gtest_list_tests' lists the tests of a filter\n",
      ShowLine(command, 60), ShowLine(flags.front(), 60));
}

}  // namespace conform
