#include "history/watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "history/watch_turn.h"
#include "history/watched_pages.h"

namespace conform {
namespace {

/// Of a test's id, which begins with the operation.
std::string OperationOf(const std::string& id) { return id.substr(0, id.find('/')); }

/// Editions come and go: operations tell one project from another.
bool WatchesOthers(const WatchedStates& states, const KeptRun& run) {
  std::set<std::string> watched;
  for (const auto& [key, state] : states) {
    if (key.second == kVerdictPlace) watched.insert(OperationOf(key.first));
  }
  if (watched.empty() || run.tests.empty()) return false;
  return std::none_of(run.tests.begin(), run.tests.end(), [&](const KeptTest& test) {
    return watched.count(OperationOf(test.id)) > 0;
  });
}

}  // namespace

Expected<void> CheckIsWatched(WatchStore& store, const KeptRun& run) {
  const auto states = store.Load(run.Series());
  if (!states) return tl::unexpected(states.error());
  if (!WatchesOthers(*states, run)) return {};
  return Fail(fmt::format(
      "{}: this history watches the operations of other cases; give these one of their own with "
      "--history FILE",
      run.ShownSeries()));
}

Expected<WatchResult> WatchRun(WatchStore& store, const KeptRun& run,
                               const std::vector<WatchedPage>& pages, int confirm,
                               const std::function<Expected<void>(const WatchResult&)>& keep) {
  WatchResult result;
  const std::string series = run.Series();
  const auto change = [&](std::int64_t ordinal, WatchedStates& states) -> Expected<void> {
    const WatchMoment moment{ordinal, run.started, confirm};
    const auto changes = DescribePages(pages, series, states, store);
    if (!changes) return tl::unexpected(changes.error());
    result = WatchTurn(states, run, moment).Take(pages, *changes);
    if (auto saved = SavePages(pages, series, states, store); !saved) return saved;
    return keep ? keep(result) : Expected<void>();
  };
  const auto updated = store.Update(series, change);
  if (!updated) return tl::unexpected(updated.error());
  return result;
}

std::string RenderAlarm(const Alarm& alarm) {
  std::string text = RenderChange(alarm.change);
  // That the target answers again says so itself.
  const bool is_answer = alarm.change.kind == RunChangeKind::kAnswers;
  if (alarm.turn == Turn::kBack && !is_answer) return "back: " + text;
  if (alarm.turn == Turn::kFlapping) return "flapping: " + text;
  if (alarm.turn == Turn::kSettled) return "settled: " + text;
  return text;
}

bool IsOfTelling(const Alarm& alarm) { return alarm.change.kind == RunChangeKind::kAnswers; }

}  // namespace conform
