// Runs as a user names them: `@`, `@-1`, a run.json, a reports folder.
#pragma once

#include <string>

#include "base/error.h"
#include "history/kept_run.h"
#include "run/command.h"
#include "run/run_history.h"

namespace conform {

/// `@` is the newest run of the history, `@-1` the one before it, `@17` run 17; all else a
/// run.json, a journal or a reports folder. Errors: no such run.
Expected<KeptRun> ReadRunOperand(const std::string& place, const HistoryOptions& history);

/// Compares two runs, tells it as text, markdown or json, and sets the exit code: 1 where anything
/// differs.
void TellRunDifference(const std::string& before, const std::string& now, const std::string& form,
                       const HistoryOptions& history, Invocation& invocation);

}  // namespace conform
