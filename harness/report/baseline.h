// A run beside an earlier one, its baseline: which failures are known, and which are new.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "record/run_record.h"

namespace conform {

class Baseline {
 public:
  /// Both outlive it. `run` null: there is none, and no failure is known.
  Baseline(const RunRecord& record, const RunRecord* run);

  explicit operator bool() const { return run_ != nullptr; }

  /// As a test of the record counts: a failure that is known as what is accepted, a deviation.
  Outcome CountsAs(const TestRecord& test) const;
  bool Knows(const TestRecord& test) const;
  /// Of a failure `known` or `new`; empty: it is none, or there is no baseline.
  std::string_view MarkOf(const TestRecord& test) const;

  /// When the baseline began: `2026-11-24T22:54:03.120Z`.
  std::string Began() const;
  /// `Against the run of 2026-11-24T22:54:03.120Z: 1 new, 2 still failing, 1 fixed.`
  std::string Describe() const;

  std::vector<const TestRecord*> fresh;  ///< failures that are new.
  std::vector<const TestRecord*> still;  ///< those that are known.
  std::vector<const TestRecord*> fixed;  ///< what failed then and passes.

 private:
  const RunRecord* run_;
  std::unordered_set<std::string> known_;  ///< ids of `still`.
};

}  // namespace conform
