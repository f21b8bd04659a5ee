#include "run/manual_page.h"

#include <fmt/format.h>

#include "run/exit_code.h"

namespace conform {
namespace {

/// As text of a page: hyphens that can be typed, and no line that reads as a request.
std::string Escaped(std::string_view text) {
  std::string escaped;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else {
      escaped.push_back(c);
    }
    line_begins = c == '\n';
  }
  return escaped;
}

std::string DescribeOption(const OptionModel& option) {
  std::string names;
  for (const std::string& spelling : option.spellings) {
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", Escaped(spelling));
  }
  if (!option.value.empty() && !option.positional) {
    names += fmt::format(" \\fI{}\\fR", Escaped(option.value));
  }
  return fmt::format(".TP\n{}\n{}\n", names, Escaped(option.description));
}

std::string DescribeCommand(const CommandModel& command) {
  std::string section =
      fmt::format(".SS conform {}\n{}.\n", Escaped(command.name), Escaped(command.description));
  for (const OptionModel& option : command.options) section += DescribeOption(option);
  if (!command.footer.empty()) {
    section += fmt::format(".PP\n.nf\n{}\n.fi\n", Escaped(command.footer));
  }
  return section;
}

}  // namespace

std::string ManualPage(const ToolModel& tool, const std::string& version) {
  std::string page = fmt::format(
      ".TH CONFORM 1 \"\" \"conform {}\" \"User Commands\"\n"
      ".SH NAME\nconform \\- contract tests of documented HTTP APIs\n"
      ".SH SYNOPSIS\n.B conform\n\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
      ".SH DESCRIPTION\n{}\n"
      "Contracts below specs/ say what an API promises, cases below cases/ what to try; a run "
      "holds "
      "what comes back against both and writes reports.\n",
      version, Escaped(tool.whole.description));
  for (const OptionModel& option : tool.whole.options) page += DescribeOption(option);
  page += ".SH COMMANDS\n";
  for (const CommandModel& command : tool.commands) page += DescribeCommand(command);
  page += ".SH EXIT STATUS\n";
  for (const ExitCode code : {ExitCode::kConforms, ExitCode::kNonconformance, ExitCode::kBadInput,
                              ExitCode::kCouldNotTell}) {
    page += fmt::format(".TP\n.B {}\n{}\n", static_cast<int>(code), NameOf(code));
  }
  return page +
         ".SH ENVIRONMENT\n"
         ".TP\n.B CONFORM_TOKEN_\\fIIDENTITY\\fR\nThe token of an identity, before any other "
         "source; not for the embedded mock.\n"
         ".TP\n.B NO_COLOR\nNo colour.\n"
         ".TP\n.B HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE\nHow a service is reached and trusted.\n"
         ".TP\n.B XDG_CONFIG_HOME, XDG_STATE_HOME\nWhere profiles of your own, and what is "
         "remembered "
         "between runs, lie.\n";
}

}  // namespace conform
