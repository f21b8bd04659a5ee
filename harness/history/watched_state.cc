#include "history/watched_state.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "base/json_text.h"

namespace conform {
namespace {

using nlohmann::json;

bool IsPast(std::int64_t run, const WatchMoment& moment) {
  return run <= moment.run - kFlappingRuns;
}

void NoteSeen(const std::string& value, const WatchMoment& moment, Urgency urgency,
              WatchedState& state) {
  if (value != state.last) {
    if (state.flapping) state.turns.push_back(moment.run);
    if (urgency == Urgency::kEdited) state.left[state.last] = moment.run;
    state.last = value;
    state.seen = 0;
  }
  if (value != state.told) ++state.seen;
  std::erase_if(state.turns, [&](std::int64_t run) { return IsPast(run, moment); });
  std::erase_if(state.left, [&](const auto& each) { return IsPast(each.second, moment); });
}

/// Whether it never was so, as far as is known.
bool IsNew(const std::string& value, const WatchedState& state) {
  return value != state.told && value != state.before && state.left.count(value) == 0;
}

void Believe(const std::string& value, const WatchMoment& moment, WatchedState& state) {
  state.before = state.told;
  state.told = value;
  state.since = moment.time;
  state.seen = 0;
}

bool StoodStill(const WatchedState& state, const WatchMoment& moment) {
  return std::all_of(state.turns.begin(), state.turns.end(),
                     [&](std::int64_t run) { return run <= moment.run - kFlappingRuns / 2; });
}

Turn EndFlapping(const std::string& value, const WatchMoment& moment, WatchedState& state) {
  state.flapping = false;
  state.turns.clear();
  Believe(value, moment, state);
  state.before.clear();
  return Turn::kSettled;
}

}  // namespace

Turn Observe(const std::string& value, const WatchMoment& moment, Urgency urgency,
             WatchedState& state) {
  NoteSeen(value, moment, urgency, state);
  if (state.flapping && StoodStill(state, moment)) return EndFlapping(value, moment, state);
  const bool edited = urgency == Urgency::kEdited && IsNew(value, state);
  const bool urgent = urgency == Urgency::kUrgent || edited;
  if (value == state.told || (state.flapping && !urgent)) return Turn::kNone;
  if (state.seen < moment.confirm) return Turn::kPending;
  const bool back = value == state.before;
  Believe(value, moment, state);
  if (edited) return Turn::kChanged;
  if (state.flapping) return Turn::kFlapping;
  state.turns.push_back(moment.run);
  state.flapping = state.turns.size() >= kFlappingTurns;
  if (state.flapping) return Turn::kFlapping;
  if (!back) return Turn::kChanged;
  state.before.clear();
  return Turn::kBack;
}

std::string WriteWatchedState(const WatchedState& state) {
  json value = {{"told", state.told},
                {"before", state.before},
                {"since_us", CountMicroseconds(state.since)},
                {"last", state.last},
                {"seen", state.seen},
                {"turns", state.turns},
                {"flapping", state.flapping},
                {"definition", state.definition}};
  if (!state.left.empty()) value["left"] = state.left;
  return WriteJsonText(value);
}

Expected<WatchedState> ReadWatchedState(std::string_view text) {
  try {
    const json value = json::parse(text);
    WatchedState state;
    value.at("told").get_to(state.told);
    value.at("before").get_to(state.before);
    state.since = TimeOfMicroseconds(value.at("since_us").get<std::int64_t>());
    value.at("last").get_to(state.last);
    value.at("seen").get_to(state.seen);
    value.at("turns").get_to(state.turns);
    value.at("flapping").get_to(state.flapping);
    value.at("definition").get_to(state.definition);
    if (value.contains("left")) value.at("left").get_to(state.left);
    return state;
  } catch (const std::exception& thrown) {  // the library's
    return Fail(std::string("what was watched cannot be read: ") + thrown.what());
  }
}

}  // namespace conform
