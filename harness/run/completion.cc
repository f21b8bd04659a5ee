#include "run/completion.h"

#include <fmt/format.h>

#include "run/shell_text.h"

namespace conform {
namespace {

std::string WithBackslashes(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
}

/// Of a description the first line.
std::string_view FirstLine(std::string_view text) { return text.substr(0, text.find('\n')); }

std::string JoinNames(const std::vector<CommandModel>& commands, std::string_view separator) {
  std::string names;
  for (const CommandModel& command : commands) {
    names += (names.empty() ? std::string() : std::string(separator)) + command.name;
  }
  return names;
}

std::string JoinFlags(const CommandModel& command) {
  std::string flags;
  for (const OptionModel& option : command.options) {
    if (option.positional) continue;
    for (const std::string& spelling : option.spellings) {
      flags += (flags.empty() ? "" : " ") + spelling;
    }
  }
  return flags;
}

/// `'--out=[Folder for reports]:DIR:_files'`, one line an option.
std::string ZshArguments(const CommandModel& command) {
  std::string lines;
  for (const OptionModel& option : command.options) {
    const std::string value =
        option.value.empty() ? "" : fmt::format(":{}:_files", WithBackslashes(option.value, ":[]"));
    if (option.positional) {
      lines += fmt::format("        {} \\\n", ShellQuoted("*" + value));
      continue;
    }
    for (const std::string& spelling : option.spellings) {
      const std::string told = WithBackslashes(FirstLine(option.description), ":[]");
      lines += fmt::format("        {} \\\n",
                           ShellQuoted(fmt::format("{}{}[{}]{}", spelling,
                                                   option.value.empty() ? "" : "=", told, value)));
    }
  }
  return lines;
}

std::string FishOption(const std::string& condition, const OptionModel& option) {
  std::string line = fmt::format("complete -c conform -n '{}'", condition);
  for (const std::string& spelling : option.spellings) {
    const bool is_long = spelling.rfind("--", 0) == 0;
    line += is_long ? " -l " + spelling.substr(2) : " -s " + spelling.substr(1);
  }
  // In fish's single quotes only the quote and the backslash are special.
  return line + fmt::format("{} -d '{}'\n", option.value.empty() ? "" : " -r",
                            WithBackslashes(FirstLine(option.description), "'\\"));
}

}  // namespace

std::string BashCompletion(const ToolModel& tool) {
  std::string script = fmt::format(
      "# bash completion of conform\n"
      "_conform() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} command= word\n"
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    case $word in\n"
      "      {}) command=$word; break ;;\n"
      "    esac\n"
      "  done\n"
      "  COMPREPLY=()\n"
      "  case $command:$current in\n"
      "    :*) mapfile -t COMPREPLY < <(compgen -W '{} {}' -- \"$current\") ;;\n",
      JoinNames(tool.commands, " | "), JoinNames(tool.commands, " "), JoinFlags(tool.whole));
  for (const CommandModel& command : tool.commands) {
    script +=
        fmt::format("    {}:-*) mapfile -t COMPREPLY < <(compgen -W '{} {}' -- \"$current\") ;;\n",
                    command.name, JoinFlags(command), JoinFlags(tool.whole));
  }
  return script +
         "  esac\n"
         "}\n"
         "complete -o default -F _conform conform\n";
}

std::string ZshCompletion(const ToolModel& tool) {
  std::string script =
      "#compdef conform\n"
      "_conform() {\n"
      "  if (( CURRENT == 2 )); then\n"
      "    local -a commands=(\n";
  for (const CommandModel& command : tool.commands) {
    script += fmt::format(
        "      {}\n",
        ShellQuoted(command.name + ":" + WithBackslashes(FirstLine(command.description), ":")));
  }
  script +=
      "    )\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  case $words[2] in\n";
  for (const CommandModel& command : tool.commands) {
    script += fmt::format("    {})\n      _arguments \\\n{}        '*:file:_files' ;;\n",
                          command.name, ZshArguments(command));
  }
  return script +
         "  esac\n"
         "}\n"
         "_conform \"$@\"\n";
}

std::string FishCompletion(const ToolModel& tool) {
  std::string script = "# fish completion of conform\n";
  for (const CommandModel& command : tool.commands) {
    script += fmt::format("complete -c conform -f -n __fish_use_subcommand -a {} -d '{}'\n",
                          command.name, WithBackslashes(FirstLine(command.description), "'\\"));
  }
  for (const CommandModel& command : tool.commands) {
    for (const OptionModel& option : command.options) {
      if (option.positional) continue;
      script += FishOption("__fish_seen_subcommand_from " + command.name, option);
    }
  }
  return script;
}

}  // namespace conform
