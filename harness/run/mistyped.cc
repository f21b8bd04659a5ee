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

using Words = std::vector<std::string>;

const CommandModel* FindModel(const ToolModel& tool, std::string_view name) {
  const auto found = std::find_if(tool.commands.begin(), tool.commands.end(),
                                  [name](const CommandModel& each) { return each.name == name; });
  return found == tool.commands.end() ? nullptr : &*found;
}

/// The first word that is a command; where none is, the first that is no option.
Words::const_iterator FindCommand(const ToolModel& tool, const Words& arguments) {
  const auto found =
      std::find_if(arguments.begin(), arguments.end(),
                   [&tool](const std::string& each) { return FindModel(tool, each) != nullptr; });
  if (found != arguments.end()) return found;
  return std::find_if_not(arguments.begin(), arguments.end(),
                          [](const std::string& each) { return IsOption(each); });
}

std::string_view NameOf(const std::string& argument) {
  return std::string_view(argument).substr(0, argument.find('='));
}

bool HasOption(const CommandModel& model, std::string_view name) {
  return std::any_of(model.options.begin(), model.options.end(), [name](const OptionModel& each) {
    return !each.positional &&
           std::find(each.spellings.begin(), each.spellings.end(), name) != each.spellings.end();
  });
}

std::vector<std::string_view> ListOptions(std::initializer_list<const CommandModel*> models) {
  std::vector<std::string_view> names;
  for (const CommandModel* model : models) {
    if (model == nullptr) continue;
    for (const OptionModel& each : model->options) {
      if (!each.positional) names.insert(names.end(), each.spellings.begin(), each.spellings.end());
    }
  }
  return names;
}

/// `: did you mean 'run'?`, or what tells of all there are.
std::string Instead(std::string_view name, const std::vector<std::string_view>& known,
                    std::string_view list) {
  const std::string nearest = DidYouMean(name, known);
  return nearest.empty() ? fmt::format("; {} tells those there are", list) : "; " + nearest;
}

}  // namespace

std::string DescribeMistyped(const CLI::App& app, const Words& arguments) {
  const ToolModel tool = DescribeCommands(app);
  const auto at = FindCommand(tool, arguments);
  const std::string_view command = at == arguments.end() ? std::string_view() : *at;
  const CommandModel* model = FindModel(tool, command);
  if (!command.empty() && model == nullptr) {
    std::vector<std::string_view> known;
    for (const CommandModel& each : tool.commands) known.push_back(each.name);
    return fmt::format("conform: no command '{}'{}\n", ShowLine(command, 60),
                       Instead(command, known, "conform --help"));
  }
  const std::string caller = command.empty() ? "conform" : fmt::format("conform {}", command);
  for (auto each = arguments.begin(); each != arguments.end() && *each != "--"; ++each) {
    const std::string_view name = NameOf(*each);
    if (!name.starts_with("--") || HasOption(tool.whole, name)) continue;
    if (model == nullptr || !HasOption(*model, name)) {
      return fmt::format("{}: no option '{}'{}\n", caller, ShowLine(name, 60),
                         Instead(name, ListOptions({&tool.whole, model}), caller + " --help"));
    }
    if (each < at) {
      return fmt::format("conform: '{}' is an option of {}: write it behind that\n", name, command);
    }
  }
  return "";
}

std::string DescribeEmpty(const Words& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& each = arguments[i];
    const bool assigned = each.starts_with("--") && each.ends_with('=');
    if (!each.empty() && !assigned) continue;
    if (!assigned && (i == 0 || !arguments[i - 1].starts_with('-'))) {
      return "conform: an argument is empty: leave it out\n";
    }
    const std::string option = assigned ? each.substr(0, each.size() - 1) : arguments[i - 1];
    return fmt::format("conform: the value of {0} is empty: give one, or leave {0} out\n",
                       ShowLine(option, 60));
  }
  return "";
}

std::string DescribeRepeated(std::string_view message) {
  const std::size_t at = message.find(": At Most 1 required but received ");
  if (at == std::string_view::npos) return "";
  return fmt::format("conform: {} is given more than once: give it once\n",
                     ShowLine(message.substr(0, at), 60));
}

std::string DescribeMistypedFlags(const CLI::App& app, const Words& arguments, const Words& flags) {
  std::vector<std::string_view> known;
  for (const GtestFlag& each : kGtestFlags) known.push_back(each.name);
  for (const std::string& flag : flags) {
    const std::string_view name = NameOf(flag);
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
  if (flags.empty()) return "";
  const auto at = FindCommand(DescribeCommands(app), arguments);
  const std::string_view command = at == arguments.end() ? std::string_view() : *at;
  if (command.empty() || command == "run" || command == "watch") return "";
  return fmt::format(
      "conform {}: takes no flags of GoogleTest, such as '{}'; run and watch do, and "
      "'conform run --gtest_list_tests' lists the tests of a filter\n",
      ShowLine(command, 60), ShowLine(flags.front(), 60));
}

}  // namespace conform
