// One run of a schedule against what was told before: what is worth an alarm.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "history/kept_run.h"
#include "history/run_change.h"
#include "history/watch_store.h"
#include "history/watched_state.h"

namespace conform {

/// Something told once: a change, that it went back, that it flaps, or that it has settled.
struct Alarm {
  Turn turn = Turn::kChanged;
  RunChange change;
};

/// A page that is watched besides, as it is now.
struct WatchedPage {
  std::string address;
  KeptPage read;        ///< without a digest: it could not be read.
  std::string trouble;  ///< why.
  /// What became of texts, in a sentence; empty: not known.
  std::function<std::string(const PageTexts& before, const PageTexts& now)> describe;

  bool IsRead() const { return !read.sha256.empty(); }
};

struct WatchResult {
  bool first = false;  ///< the series' first run: nothing to compare with.
  std::vector<Alarm> alarms;
  std::size_t pending = 0;          ///< changes that more runs must confirm.
  std::string untold;               ///< why nothing, or not all, can be told; else empty.
  std::vector<std::string> broken;  ///< tests that fail, as whoever reads the alarms knows.
};

/// An error where cases of the run's series are watched, and none of an operation of this run: it
/// is of another project, and all tests would be told as gone. To be asked before anything is kept.
Expected<void> CheckIsWatched(WatchStore& store, const KeptRun& run);

/// Compares `run` with what was told of its series, and remembers it. A target that does not answer
/// at all or in part, or throttles, is one alarm, and so is that tests are not judged any longer
/// for want of a token or a budget, for each set of such causes; what then cannot be known of tests
/// stays as it was. A page is compared with its text that was told last. `confirm` runs in a row
/// must see a change before it is told. What `keep` (may be empty) writes to the store's file is
/// written with it or not at all, so that nothing is remembered as told which is not kept to be
/// told. Errors: the file's, and those of `keep`.
Expected<WatchResult> WatchRun(WatchStore& store, const KeptRun& run,
                               const std::vector<WatchedPage>& pages, int confirm,
                               const std::function<Expected<void>(const WatchResult&)>& keep = {});

/// `back: fail -> pass  …` and what else it says, lines without the last end.
std::string RenderAlarm(const Alarm& alarm);

/// Whether it says that from now on something cannot be told, or can again: no change of the
/// service.
bool IsOfTelling(const Alarm& alarm);

}  // namespace conform
