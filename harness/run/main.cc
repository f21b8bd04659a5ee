// conform: joins the parts.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <new>
#include <optional>
#include <string_view>

#include "base/byte_sink.h"
#include "base/digest.h"
#include "base/heap.h"
#include "run/build.h"
#include "run/command.h"
#include "run/help_format.h"
#include "run/mistyped.h"
#include "run/run_host.h"
#include "run/run_secrets.h"

namespace {

/// GoogleTest reads its own flags; CLI11 shall not see them.
std::vector<std::string> TakeGtestFlags(int argc, char** argv, std::vector<std::string>& rest) {
  std::vector<std::string> flags;
  for (int i = argc - 1; i >= 1; --i) {  // CLI11 takes a vector from its end
    const std::string argument = argv[i];
    if (argument.rfind("--gtest_", 0) == 0) {
      flags.insert(flags.begin(), argument);
    } else {
      rest.push_back(argument);
    }
  }
  return flags;
}

/// `help COMMAND` means `COMMAND --help`. Arguments from their end.
void TakeHelp(std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.back() != "help") return;
  arguments.pop_back();
  arguments.insert(arguments.begin(), "--help");
}

/// Else the next file or connection would get such a number, and what is meant for the console.
/// Writing fails there, as it would have.
void OccupyStandardStreams() {
  for (int lowest = 0; lowest <= STDERR_FILENO;) {
    lowest = ::open("/dev/null", O_RDONLY);
    if (lowest < 0) return;
    if (lowest > STDERR_FILENO) ::close(lowest);
  }
}

/// Whether who read there needs no more, as head(1).
bool HasLeft(int descriptor) {
  pollfd asked{descriptor, POLLOUT, 0};
  return poll(&asked, 1, 0) == 1 && (asked.revents & POLLERR) != 0;
}

/// A report needs memory, too: what was judged is in the journal.
[[noreturn]] void EndWithoutMemory() {
  constexpr std::string_view kTold =
      "conform: no memory is left; allow more, or give fewer --jobs; of a run 'conform report' "
      "reports what was judged so far\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kTold.data(), kTold.size());
  ::_exit(static_cast<int>(conform::ExitCode::kCouldNotTell));
}

/// In the order of the help.
void AddCommands(CLI::App& app, conform::Invocation& invocation) {
  AddRunCommand(app, invocation);
  AddListCommand(app, invocation);
  AddLintCommand(app, invocation);
  AddLoginCommand(app, invocation);
  AddMockCommand(app, invocation);
  AddSelfCheckCommand(app, invocation);
  AddReportCommand(app, invocation);
  AddReplayCommand(app, invocation);
  AddImportCommand(app, invocation);
  AddDiffCommand(app, invocation);
  AddExportCommand(app, invocation);
  AddJudgeCommand(app, invocation);
  AddVerifyCommand(app, invocation);
  AddHistoryCommand(app, invocation);
  AddWatchCommand(app, invocation);
  AddCompletionCommand(app, invocation);
  AddManualCommand(app, invocation);
}

int Refuse(const std::string& mistyped) {
  std::cerr << mistyped;
  return static_cast<int>(conform::ExitCode::kBadInput);
}

/// The exit code where the arguments name no command, or were asked for help, which is told.
std::optional<int> RunCommand(CLI::App& app, std::vector<std::string>& arguments,
                              const std::vector<std::string>& given) {
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    const std::string meant = conform::DescribeMistyped(app, given);
    if (error.get_exit_code() != 0 && !meant.empty()) return Refuse(meant);
    const std::string repeated = conform::DescribeRepeated(error.what());
    if (!repeated.empty()) return Refuse(repeated);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
        app.get_subcommands().empty()) {
      return Refuse("conform: say what to do, such as conform run; conform --help lists it all\n");
    }
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(conform::ExitCode::kBadInput);
  }
  return std::nullopt;
}

int RunCommandLine(int argc, char** argv) {
  OccupyStandardStreams();
  conform::PrepareHeap();
  std::set_new_handler(EndWithoutMemory);
  // A reader that went away and a file that may grow no more are errors of one write: the reports
  // are still written.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGCHLD, SIG_DFL);  // ignored, as some parents leave it, no child's end would be told
  std::vector<std::string> arguments;
  std::vector<std::string> gtest_flags = TakeGtestFlags(argc, argv, arguments);
  TakeHelp(arguments);
  conform::Redactor redactor(conform::RandomUuid());
  conform::LearnEnvironment(conform::ProcessEnvironment(), redactor);
  conform::LearnArguments(arguments, redactor);
  conform::MaskedStream masked_out(std::cout, redactor);
  conform::MaskedStream masked_err(std::cerr, redactor);
  conform::Invocation invocation{conform::FindDataFolders(conform::ProgramPath()),
                                 std::move(gtest_flags), std::cout, std::cerr, redactor};
  CLI::App app("Contract tests of documented HTTP APIs, written as YAML.", "conform");
  app.set_version_flag("-V,--version", conform::DescribeBuild());
  app.formatter(std::make_shared<conform::HelpFormat>());
  app.require_subcommand(1);
  app.fallthrough();
  bool no_color = false;
  app.add_flag("--no-color", no_color, "No colour, as with NO_COLOR set");
  app.footer("Example: conform run");
  const char* variable = std::getenv("NO_COLOR");
  const bool wanted = variable == nullptr || *variable == '\0';
  invocation.terminal = isatty(STDOUT_FILENO) == 1;
  app.parse_complete_callback(
      [&] { invocation.colour = !no_color && wanted && invocation.terminal; });
  AddCommands(app, invocation);
  const std::vector<std::string> given(arguments.rbegin(), arguments.rend());
  const std::string empty = conform::DescribeEmpty(given);
  if (!empty.empty()) return Refuse(empty);
  const std::string mistyped =
      conform::DescribeMistypedFlags(app, given, invocation.gtest_arguments);
  if (!mistyped.empty()) return Refuse(mistyped);
  if (const std::optional<int> code = RunCommand(app, arguments, given)) return *code;
  std::cout.flush();
  if (!std::cout && !HasLeft(STDOUT_FILENO)) {
    std::cerr << "conform: what was to be printed could not be written\n";
    if (invocation.exit_code == conform::ExitCode::kConforms) {
      invocation.exit_code = conform::ExitCode::kCouldNotTell;
    }
  }
  return static_cast<int>(invocation.exit_code);
}

}  // namespace

int main(int argc, char** argv) {
  const int code = RunCommandLine(argc, argv);
#ifdef NDEBUG
  // The system takes back at once what GoogleTest would free test by test. Other builds end as
  // usual: then sanitizers and coverage write what they found.
  std::cout.flush();
  std::quick_exit(code);
#else
  return code;
#endif
}
