// A test's verdict line and its failure block, as the console and JUnit show them.
#pragma once

#include <string>
#include <string_view>

#include "base/redactor.h"
#include "record/run_record.h"

namespace conform {

/// `FAIL`, `NOT RUN`, …: as people read it.
std::string_view WordOf(Outcome outcome);

/// What follows the word on a verdict line: `suite.name`, and after a colon the reason of a test
/// that was skipped, not run or inconclusive. No line end.
std::string RenderTestName(const TestRecord& test);

/// `FAIL  suite.name` and its line end.
std::string RenderVerdictLine(const TestRecord& test);

/// Each finding: its place and message, the line of the case with carets, clause and source; then
/// once for findings on the same exchange what was sent, what came, and how to send it again. Of an
/// inconclusive test its last exchange besides. Long values are cut, nothing in it controls a
/// terminal. With a `redactor` the begin of the content that came is shown, masked; a test whose
/// evidence is on the disk alone has none. Empty where there is nothing to show.
std::string RenderFindings(const TestRecord& test, const Redactor* redactor = nullptr);

/// The finding that decided the outcome: the first broken must that no deviation accepts, else the
/// first that none accepts, else the first. Null where there is none.
const Finding* FindDecidingFinding(const Verdict& verdict);

}  // namespace conform
