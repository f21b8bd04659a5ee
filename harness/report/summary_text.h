// The entries of a summary page: a test, a finding, a clause, as Markdown.
#pragma once

#include <cstddef>
#include <string>

#include "record/coverage.h"
#include "record/run_record.h"

namespace conform {

/// A test with what was found of it: expected, actual, place, source, what was sent and came.
std::string RenderFailure(const TestRecord& test);
/// A line with the test's name and title.
std::string RenderName(const TestRecord& test);
/// A line with the test's name and why it ended so.
std::string RenderReason(const TestRecord& test);
/// A line for several tests that ended for one cause, of which `first` is the first.
std::string RenderSharedReason(const TestRecord& first, std::size_t tests);
/// A row of a table: clause, strength, state, what it says.
std::string RenderClauseRow(const ClauseCoverage& clause);

}  // namespace conform
