// One thing that is another than it was, as a comparison of runs and an alarm tell it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/kept_run.h"

namespace conform {

/// In the order in which they are told.
enum class RunChangeKind {
  kAnswers,     ///< whether the target answers at all, or throttles; whether a page can be read.
  kOutcome,     ///< a test's outcome flipped.
  kFindings,    ///< the outcome is the same, and other promises break.
  kNewTest,     ///< a test that was not there.
  kGoneTest,    ///< a test that is not there any more, though nothing left it out.
  kBehaviour,   ///< nobody promised it, and it is another.
  kConnection,  ///< certificate issuer or TLS version.
  kPage,        ///< the documentation page's text.
};

/// `outcome`, `findings`, `new test`, …: as reports write it.
std::string_view NameOf(RunChangeKind kind);

struct RunChange {
  RunChangeKind kind = RunChangeKind::kBehaviour;
  std::vector<std::string> subjects;  ///< the tests it was seen in, or what it is of.
  std::string place;                  ///< of behaviour and connection: what is another.
  std::string before;                 ///< `absent` where there was nothing.
  std::string now;
  std::string note;  ///< what explains it: a finding's message, `its case was edited`; or empty.
};

/// What its outcome and findings come to: two verdicts are the same where this is.
std::string VerdictValue(const KeptTest& test);
/// Why: the first finding's message and clause, or the reason; empty for a pass. Of several
/// findings the first that `before`, another verdict's value, has not: what is otherwise since
/// then.
std::string VerdictText(const KeptTest& test, std::string_view before = "");

/// Behaviour that is another on both sides, in the order of places. Where a step's status is
/// another, its fields and body are not told besides.
std::vector<RunChange> CompareBehaviour(const KeptTest& before, const KeptTest& now);

/// Whether the status of the same step is another too: then this follows from it.
bool FollowsFromStatus(const std::string& place, const std::vector<std::string>& changed_places);

/// Puts together what is the same change in several tests; by kind, then in the order of the first
/// of each.
std::vector<RunChange> GroupChanges(std::vector<RunChange> changes);

/// `pass -> fail in 3 tests: …`, one line without its end; and the tests, where several, a line
/// each.
std::string RenderChange(const RunChange& change);

inline constexpr const char* kAbsentValue = "absent";

}  // namespace conform
