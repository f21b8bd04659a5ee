#include "verdict/outcome.h"

namespace conform {

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNotRun:
      return "not_run";
    case Outcome::kSkip:
      return "skip";
    case Outcome::kFail:
      return "fail";
    case Outcome::kInconclusive:
      return "inconclusive";
    case Outcome::kWarn:
      return "warn";
    case Outcome::kDeviation:
      return "deviation";
    case Outcome::kPass:
      return "pass";
  }
  return "not_run";
}

std::optional<Outcome> FindOutcome(std::string_view name) {
  for (const Outcome outcome : kOutcomes) {
    if (NameOf(outcome) == name) return outcome;
  }
  return std::nullopt;
}

bool WasRun(Outcome outcome) { return outcome != Outcome::kSkip && outcome != Outcome::kNotRun; }

bool IsConclusive(Outcome outcome) { return WasRun(outcome) && outcome != Outcome::kInconclusive; }

bool Passes(Outcome outcome) {
  return outcome == Outcome::kPass || outcome == Outcome::kDeviation || outcome == Outcome::kWarn;
}

}  // namespace conform
