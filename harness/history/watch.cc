#include "history/watch.h"

#include "history/watch_turn.h"

namespace conform {

Expected<WatchResult> WatchRun(WatchStore& store, const KeptRun& run,
                               const std::vector<WatchedPage>& pages, int confirm) {
  WatchResult result;
  const auto updated = store.Update(run.Series(), [&](std::int64_t ordinal, WatchedStates& states) {
    const WatchMoment moment{ordinal, run.started, confirm};
    result = WatchTurn(states, run, moment).Take(pages);
  });
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

bool IsUntelling(const Alarm& alarm) {
  return alarm.change.kind == RunChangeKind::kAnswers && alarm.change.before == kAllIsWell;
}

}  // namespace conform
