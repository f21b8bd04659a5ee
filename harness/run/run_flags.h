// The flags of a run, and running by them: for `conform run` and what runs besides.
#pragma once

#include <string>

#include "run/command.h"
#include "run/run_history.h"
#include "run/test_run.h"

namespace conform {

struct RunFlags {
  WorkspaceFlags workspace;
  TestRunOptions options;
  std::string deadline;
  int allow_effects = 0;
  std::string patience;
  std::string flaky = "tell";  ///< or `fail`.
  bool dry_run = false;        ///< tell what would be sent, and send nothing.
  std::string explain;         ///< a case file; empty: run and report.
  std::string baseline;        ///< an earlier run; empty: none.
  HistoryOptions history;
};

/// `--allow-effects N`, of every command that may send to a tenant.
void AddEffectsFlag(CLI::App& command, int& allowed);
/// `--patience DURATION`, of those that may wait on one.
void AddPatienceFlag(CLI::App& command, std::string& patience);

/// All but `--explain`, `--baseline` and those of the history.
void AddRunFlags(CLI::App& command, RunFlags& flags);

/// Runs what the flags choose, reports it, keeps it in the history unless `options.finished` takes
/// it, and sets the exit code. Call once a process.
void RunByFlags(const RunFlags& flags, Invocation& invocation);

}  // namespace conform
