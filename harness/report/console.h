// What a run says on the terminal: a line a test, and at the end what it all means.
#pragma once

#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "base/redactor.h"
#include "record/coverage.h"
#include "record/run_record.h"
#include "report/conclusion.h"

namespace conform {

/// Writes to a stream that outlives it, as the redactor does. Words tell everything; colour only
/// repeats it.
class Console {
 public:
  /// `colour`: ANSI sequences, for a terminal alone.
  Console(std::ostream& out, bool colour, const Redactor& redactor)
      : out_(out), colour_(colour), redactor_(redactor) {}

  /// The verdict line, then the block of what was found. The reason for which a test was not run
  /// is told whole once: many tests have the same.
  void TestLine(const TestRecord& test) { out_ << RenderTest(test); }
  /// What TestLine writes.
  std::string RenderTest(const TestRecord& test);

  /// Counts by outcome, why tests were not run, clauses judged of clauses promised with those
  /// broken and missing, where the reports lie, what a pass proves. The last line tells the exit
  /// code, what it means, and how many clauses were judged of how many promised.
  void Summary(const RunRecord& record, const std::vector<ClauseCoverage>& coverage,
               const Conclusion& conclusion);

 private:
  bool IsToldAgain(const Verdict& verdict);

  std::ostream& out_;
  bool colour_;
  const Redactor& redactor_;
  std::set<std::string> reasons_;  ///< for which tests were not run, told so far.
};

}  // namespace conform
