// What is recorded of a test before it runs.
#pragma once

#include <vector>

#include "case/test.h"
#include "record/run_record.h"

namespace conform {

/// A record of the test as it stands before it ran: not_run.
TestRecord PlannedRecord(const Test& test);

/// None in the single-request form.
std::vector<StepRecord> PlannedSteps(const Case& test_case);

}  // namespace conform
