// A run as the parts of its HTML pages look at it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "record/coverage.h"
#include "record/run_record.h"
#include "report/baseline.h"
#include "report/conclusion.h"
#include "report/finding_text.h"

namespace conform {

/// How much of what crossed the wire stands on a page.
struct HtmlDetail {
  enum class Exchanges {
    kWhole,  ///< every attempt.
    kLines,  ///< a line each.
    kNone,
  };
  Exchanges of_passes = Exchanges::kWhole;
  std::size_t pass_body_bytes = SIZE_MAX;  ///< a longer body of a test that passed is cut there.
  std::string_view left_out;               ///< what was left out, in one sentence; else empty.
};

/// What every part is made from. All that it is given outlives it.
class HtmlRun {
 public:
  HtmlRun(const RunRecord& run, const Conclusion& ended, const RunRecord* before = nullptr);

  /// Where a test is told: `#t17`, in a run of many pages `failures/17.html`; empty: nowhere.
  std::string AddressOf(std::size_t index) const;

  const RunRecord& record;
  const Conclusion& conclusion;
  const Baseline baseline;
  std::vector<ClauseCoverage> coverage;
  /// Indices of tests that a person must act on: fail, inconclusive, warn, what is accepted; as
  /// run.
  std::vector<std::size_t> to_act_on;
  std::unordered_map<std::string, std::size_t> index_of;  ///< by TestRecord::Id.
  std::size_t most_pages = 0;  ///< tests to act on with a page of their own; 0: one page has all.

 private:
  std::vector<std::size_t> place_;  // in to_act_on, of each test; SIZE_MAX: not there
};

/// The case's title, and a row's name; of a case without one its name.
std::string TitleOf(const TestRecord& test);

/// `0.81 ms`, `12.4 s`.
std::string ShowDuration(std::chrono::microseconds duration);

/// `not run`: as a sentence has it.
std::string_view ProseOf(Outcome outcome);

}  // namespace conform
