// What is remembered of one thing that is watched, and when it is worth an alarm.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace conform {

/// A thing is flapping once so many of its turns were to be told within so many runs, until it
/// stood still for half of them.
inline constexpr std::size_t kFlappingTurns = 4;
inline constexpr std::int64_t kFlappingRuns = 10;

struct WatchedState {
  std::string told;    ///< the value that whoever reads the alarms believes.
  std::string before;  ///< the one before the last alarm; empty once it was gone back to.
  std::chrono::system_clock::time_point since;  ///< of the last alarm, or first seen.
  std::string last;                             ///< as seen last, told or not.
  int seen = 0;                     ///< how many runs in a row `last` was seen, if it is not told.
  std::vector<std::int64_t> turns;  ///< runs that told of it; while it flaps, that saw another.
  bool flapping = false;
  std::string definition;  ///< of a test's verdict: what the test was made of.
  /// Of what may be edited: values that other ones followed, by the run that saw the other.
  std::map<std::string, std::int64_t> left;

  bool operator==(const WatchedState&) const = default;
};

std::string WriteWatchedState(const WatchedState& state);
Expected<WatchedState> ReadWatchedState(std::string_view text);

enum class Turn {
  kNone,     ///< nothing to tell.
  kPending,  ///< another value, not seen often enough yet.
  kChanged,
  kBack,  ///< changed, to what it was before the last alarm.
  kFlapping,
  kSettled,
};

/// One run of a series: its ordinal there, when it began, and how often a new value must be seen.
struct WatchMoment {
  std::int64_t run = 0;
  std::chrono::system_clock::time_point time;
  int confirm = 1;
};

/// What is told of a thing while it flaps, too.
enum class Urgency {
  kNone,
  kUrgent,  ///< this value: whoever believes what was told must hear of it.
  kEdited,  ///< a value that was not seen before: somebody edited the thing, which is no turn of
            ///< it.
};

/// Takes note of a value.
Turn Observe(const std::string& value, const WatchMoment& moment, Urgency urgency,
             WatchedState& state);

}  // namespace conform
