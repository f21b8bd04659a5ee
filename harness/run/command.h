// What every subcommand is given, and the flags that several share.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/redactor.h"
#include "run/data_folders.h"
#include "run/exit_code.h"
#include "run/workspace.h"

namespace conform {

struct Invocation {
  DataFolders folders;
  std::vector<std::string> gtest_arguments;
  std::ostream& out;
  std::ostream& err;
  Redactor& redactor;  ///< of all that leaves the program; is told every secret.
  bool colour = false;
  bool terminal = false;                     ///< `out` is one.
  ExitCode exit_code = ExitCode::kConforms;  ///< set by the subcommand that ran.

  /// Tells an error and that the exit code is 2.
  void Refuse(const std::string& message);
  /// Tells an error and that the exit code is 3.
  void CannotTell(const std::string& message);
  /// Whichever of the two: whether it may pass decides.
  void Refuse(const Error& error);
};

/// Each adds its subcommand; `invocation` outlives the parsing.
void AddRunCommand(CLI::App& app, Invocation& invocation);
void AddListCommand(CLI::App& app, Invocation& invocation);
void AddLintCommand(CLI::App& app, Invocation& invocation);
void AddLoginCommand(CLI::App& app, Invocation& invocation);
void AddMockCommand(CLI::App& app, Invocation& invocation);
void AddSelfCheckCommand(CLI::App& app, Invocation& invocation);
void AddReplayCommand(CLI::App& app, Invocation& invocation);
void AddReportCommand(CLI::App& app, Invocation& invocation);
void AddImportCommand(CLI::App& app, Invocation& invocation);
void AddDiffCommand(CLI::App& app, Invocation& invocation);
void AddExportCommand(CLI::App& app, Invocation& invocation);
void AddJudgeCommand(CLI::App& app, Invocation& invocation);
void AddVerifyCommand(CLI::App& app, Invocation& invocation);
void AddHistoryCommand(CLI::App& app, Invocation& invocation);
void AddWatchCommand(CLI::App& app, Invocation& invocation);
void AddCompletionCommand(CLI::App& app, Invocation& invocation);
/// Hidden: for those who make a package.
void AddManualCommand(CLI::App& app, Invocation& invocation);

/// The flags that choose what is loaded, as they are typed.
struct WorkspaceFlags {
  std::vector<std::string> paths;
  std::string profile = "mock";
  std::string base_url;
  std::string as_of;
};

/// Of a flag that takes one of these words.
CLI::Validator OneOf(std::vector<std::string> words);

/// PATH…: which cases.
void AddPathOperand(CLI::App& command, WorkspaceFlags& flags);
/// --profile; `what` is its line of help.
void AddProfileFlag(CLI::App& command, std::string& profile, const std::string& what);
/// --as-of.
void AddAsOfFlag(CLI::App& command, std::string& as_of);
/// The day that --as-of names, none where it is empty; false, told, where it names none.
bool ReadAsOf(const std::string& as_of, std::optional<std::chrono::sys_days>& day,
              Invocation& invocation);
/// Whether an edition was in force then; where none was yet it is told of `said`, what named the
/// day.
bool HasEditions(const Catalog& catalog, std::optional<std::chrono::sys_days> day,
                 const std::string& said, Invocation& invocation);
/// Both, --profile and --base-url.
void AddWorkspaceFlags(CLI::App& command, WorkspaceFlags& flags);

/// Says that the bundled cases are used, where they are: the working directory may be a wrong one.
void TellBundled(const WorkspaceFlags& flags, Invocation& invocation);

/// Loads it; where anything is wrong tells it all, sets the exit code and answers null. Warnings
/// are told.
std::unique_ptr<Workspace> LoadOrRefuse(const WorkspaceFlags& flags, Invocation& invocation);
/// The same for a command that is nothing without cases: that there are none is a mistake.
std::unique_ptr<Workspace> LoadCasesOrRefuse(const WorkspaceFlags& flags, Invocation& invocation);

/// False where `what`, which runs the tests on the embedded mock, was asked of another profile;
/// that is told.
bool RequireEmbedded(const Workspace& workspace, std::string_view what, Invocation& invocation);

/// Warns where a profile of the service that the built-in ones name would get what another one
/// documents: who writes contracts of an API of their own has a profile of their own.
void WarnOfOtherServers(const Workspace& workspace, Invocation& invocation);

}  // namespace conform
