// Runs in a history: adding, listing, reading and forgetting them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "history/history_file.h"
#include "history/kept_run.h"

namespace conform {

/// A run without its tests.
struct RunLine {
  KeptRun run;
  std::map<Outcome, std::size_t> counts;
};

/// How a test stood in one run.
struct CaseResult {
  std::int64_t run = 0;
  std::chrono::system_clock::time_point started;
  std::string series;  ///< as it is shown.
  std::string test;    ///< `suite.name`.
  KeptTest kept;
};

/// `file` outlives it.
class RunStore {
 public:
  explicit RunStore(HistoryFile& file) : file_(file) {}

  /// The number it is kept under, in one transaction.
  Expected<std::int64_t> Add(const KeptRun& run);

  /// The newest `limit` runs, oldest first.
  Expected<std::vector<RunLine>> List(std::size_t limit);
  /// The run `back` before the newest; nothing where there are not so many. A `series` that is not
  /// empty counts its runs alone.
  Expected<std::optional<std::int64_t>> FindNewest(std::size_t back,
                                                   const std::string& series = "");
  /// Each once, in the order first seen.
  Expected<std::vector<std::string>> ListSeries();
  /// Errors: there is no such run.
  Expected<KeptRun> Load(std::int64_t number);

  /// How the tests of a case stood, oldest first: `name` is a case's id, or a test's `suite.name`.
  Expected<std::vector<CaseResult>> ListCase(const std::string& name);

  /// Forgets runs that started before; what no run needs any more goes too. How many went. A run
  /// that is dated after `now`, and is followed by one that is not, holds no other back: a clock
  /// was wrong.
  Expected<std::size_t> Prune(std::chrono::system_clock::time_point before,
                              std::chrono::system_clock::time_point now);

 private:
  HistoryFile& file_;
};

}  // namespace conform
