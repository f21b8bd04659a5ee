// Whether a deviation that a run accepts happened in it.
#pragma once

#include "record/run_record.h"

namespace conform {

/// Whether the deviation is of the test's case, or of its row.
bool IsOf(const DeviationRecord& deviation, const TestRecord& test);

/// Whether the finding is one that the deviation accepts, as the judge said when it was found: of
/// records that do not say by which, as old ones, one of its clause that is accepted for the same
/// reason.
bool IsAcceptedBy(const Finding& finding, const DeviationRecord& deviation);

/// Whether the test broke the clause as the deviation accepts it.
bool Happened(const DeviationRecord& deviation, const TestRecord& test);

}  // namespace conform
