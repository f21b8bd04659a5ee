#include "history/watched_state.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "base/json_text.h"

namespace conform {
namespace {

using nlohmann::json;

void NoteSeen(const std::string& value, const WatchMoment& moment, WatchedState& state) {
  if (value != state.last) {
    if (state.flapping) state.turns.push_back(moment.run);
    state.last = value;
    state.seen = 0;
  }
  if (value != state.told) ++state.seen;
  std::erase_if(state.turns, [&](std::int64_t run) { return run <= moment.run - kFlappingRuns; });
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

Turn Observe(const std::string& value, const WatchMoment& moment, bool urgent,
             WatchedState& state) {
  NoteSeen(value, moment, state);
  if (state.flapping && StoodStill(state, moment)) return EndFlapping(value, moment, state);
  if (value == state.told || (state.flapping && !urgent)) return Turn::kNone;
  if (state.seen < moment.confirm) return Turn::kPending;
  const bool back = value == state.before;
  Believe(value, moment, state);
  if (state.flapping) return Turn::kFlapping;
  state.turns.push_back(moment.run);
  state.flapping = state.turns.size() >= kFlappingTurns;
  if (state.flapping) return Turn::kFlapping;
  if (!back) return Turn::kChanged;
  state.before.clear();
  return Turn::kBack;
}

std::string WriteWatchedState(const WatchedState& state) {
  const json value = {{"told", state.told},
                      {"before", state.before},
                      {"since_us", CountMicroseconds(state.since)},
                      {"last", state.last},
                      {"seen", state.seen},
                      {"turns", state.turns},
                      {"flapping", state.flapping},
                      {"definition", state.definition}};
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
    return state;
  } catch (const std::exception& thrown) {  // the library's
    return Fail(std::string("what was watched cannot be read: ") + thrown.what());
  }
}

}  // namespace conform
