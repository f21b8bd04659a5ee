// Whether the cases see every breach: each fault is planted in turn on the embedded mock.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "run/workspace.h"
#include "verdict/check.h"
#include "verdict/verdict.h"

namespace conform {

/// What the case set answered to one fault.
struct FaultResult {
  std::string_view fault;
  std::set<ClauseKey> found;             ///< clauses that findings named.
  std::vector<std::string> strays;       ///< of them, those that the fault does not break.
  std::vector<std::string_view> missed;  ///< what it breaks and no finding named.
  std::size_t tests = 0;                 ///< that had a finding.

  bool IsCaught() const { return !found.empty() && strays.empty() && missed.empty(); }
};

struct SelfCheck {
  std::vector<std::string> broken_without_fault;  ///< tests that do not pass on the sound mock.
  std::vector<FaultResult> faults;
  std::vector<std::string_view> not_planted;     ///< faults of what nobody promises here.
  std::vector<std::string_view> without_effect;  ///< faults that change no answer to these tests.
  /// Service clauses that no test judges, or by answers alone that no fault changes.
  std::vector<ClauseKey> without_case;
  std::vector<ClauseKey> unbreakable;  ///< all others that no fault breaks.
  std::vector<std::string>
      stated_untested;  ///< of those that contracts state, each with its reason.

  bool Holds() const;
  /// Whether all that keeps it from holding are cases that nobody wrote, and clauses that no fault
  /// is made for.
  bool CatchesAll() const;
};

/// `checks` are the judge's, so that a test can take one out. `tell` gets each result as it comes.
/// Where `only` names faults no other is planted, and what those leave unbroken is not told.
Expected<SelfCheck> RunSelfCheck(const Workspace& workspace, Clock& clock, const CheckTable& checks,
                                 const std::function<void(const FaultResult&)>& tell,
                                 const std::set<std::string_view>& only = {});

}  // namespace conform
