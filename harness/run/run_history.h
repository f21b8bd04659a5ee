// What `conform run` keeps in the history, and where that lies.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "history/history_file.h"
#include "history/kept_run.h"
#include "run/run_reports.h"

namespace conform {

struct HistoryOptions {
  std::string file;  ///< empty: DefaultHistoryFile().
  bool off = false;  ///< nothing is kept.
};

/// `--history FILE`; with `optional` also `--no-history`.
void AddHistoryFlags(CLI::App& command, HistoryOptions& options, bool optional);

/// `$XDG_STATE_HOME/conform/history.sqlite`, else below `~/.local/state`; empty where the
/// environment names neither.
std::filesystem::path DefaultHistoryFile();

/// Errors: those of HistoryFile::Open; no home is known.
Expected<std::unique_ptr<HistoryFile>> OpenHistory(const HistoryOptions& options);

/// To be read: a file that was named must be there. Errors: it is not; no home is known; those of
/// HistoryFile::OpenToRead.
Expected<std::unique_ptr<HistoryFile>> OpenKeptHistory(const HistoryOptions& options);

/// `folder` holds the run.json that was written of it. Masked by all that `redactor` knows by now.
/// Errors: evidence that cannot be read.
Expected<KeptRun> KeepFinished(const FinishedRun& run, const std::filesystem::path& folder,
                               ExitCode exit_code, const Redactor& redactor);

/// Keeps each run that ends, unless told not to. What goes wrong is told; a run that conforms and
/// cannot be kept where a file was named could not tell, else it spoils no run.
class RunKeeper {
 public:
  /// Null where a file that was named cannot be used: that was told, and nothing shall be sent.
  static std::unique_ptr<RunKeeper> Open(const HistoryOptions& options, Invocation& invocation);

  void Keep(const FinishedRun& run, const std::filesystem::path& folder);
  /// The newest entry before this run; empty: there is none, or nothing is kept.
  std::string Head();

 private:
  RunKeeper(bool named, Invocation& invocation) : named_(named), invocation_(invocation) {}

  const bool named_;
  Invocation& invocation_;
  std::unique_ptr<HistoryFile> file_;
  std::string trouble_;
};

}  // namespace conform
