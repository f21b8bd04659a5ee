#include "run/command_model.h"

namespace conform {
namespace {

OptionModel DescribeOption(const CLI::Option& option) {
  OptionModel model;
  model.positional = option.get_positional();
  if (model.positional) {
    model.spellings.push_back(option.get_name(true));
  } else {
    for (const std::string& name : option.get_lnames()) model.spellings.push_back("--" + name);
    for (const std::string& name : option.get_snames()) model.spellings.push_back("-" + name);
  }
  if (option.get_expected_max() > 0) model.value = option.get_type_name();
  model.description = option.get_description();
  return model;
}

/// Groups of options are apps without a name.
void AddOptions(const CLI::App& app, CommandModel& model) {
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_group().empty()) model.options.push_back(DescribeOption(*option));
  }
  for (const CLI::App* group : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (group->get_name().empty()) AddOptions(*group, model);
  }
}

CommandModel DescribeCommand(const CLI::App& app) {
  CommandModel model;
  model.name = app.get_name();
  model.description = app.get_description();
  model.footer = app.get_footer();
  AddOptions(app, model);
  return model;
}

}  // namespace

ToolModel DescribeCommands(const CLI::App& app) {
  ToolModel tool;
  tool.whole = DescribeCommand(app);
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const bool hidden = command->get_name().empty() || command->get_group().empty();
    if (!hidden) tool.commands.push_back(DescribeCommand(*command));
  }
  return tool;
}

}  // namespace conform
