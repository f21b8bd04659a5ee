// Shows what changed between two runs: for a terminal, as Markdown, as JSON.
#pragma once

#include <string>
#include <string_view>

#include "history/kept_run.h"
#include "history/run_difference.h"

namespace conform {

/// Two runs and what differs; each is named as it was asked for: `@-1`, `reports/run.json`.
struct ComparedRuns {
  const KeptRun& before;
  const KeptRun& now;
  std::string before_name;
  std::string now_name;
  const RunDifference& difference;
};

/// `form` is text, markdown or json (reports/run-difference.schema.json). Whatever text of the
/// service stands in it is neither Markdown nor control characters.
std::string RenderRunDifference(const ComparedRuns& runs, std::string_view form);

/// `12 ms`, `1.2 s`: for people.
std::string ShowLatency(std::chrono::microseconds duration);

}  // namespace conform
