// How a test ended: a closed set, with ISO/IEC 9646's words where it has them.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace conform {

/// In the order in which they apply: the first that does is the test's.
enum class Outcome {
  kNotRun,        ///< interrupted, or stopped before its turn.
  kSkip,          ///< the target lacks an identity, or the test an effect budget or quiet minutes.
  kFail,          ///< a must was broken that no deviation accepts.
  kInconclusive,  ///< nothing can be told.
  kWarn,          ///< only shoulds were broken, or something was not cleaned up.
  kDeviation,     ///< broken exactly as a deviation accepts.
  kPass,
};

inline constexpr std::array kOutcomes = {
    Outcome::kPass, Outcome::kDeviation, Outcome::kWarn,  Outcome::kInconclusive,
    Outcome::kFail, Outcome::kSkip,      Outcome::kNotRun};

/// `pass`, `not_run`, …: as reports write it.
std::string_view NameOf(Outcome outcome);
std::optional<Outcome> FindOutcome(std::string_view name);

/// All but skip and not_run.
bool WasRun(Outcome outcome);

/// All that was run but inconclusive: it says something of the service for sure.
bool IsConclusive(Outcome outcome);

/// Pass, deviation or warn: nothing that counts was broken.
bool Passes(Outcome outcome);

}  // namespace conform
