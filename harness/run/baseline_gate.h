// Which failures are new since an earlier run.
#pragma once

#include <cstddef>

#include "record/run_record.h"

namespace conform {

/// Failed tests with a finding that the same test did not have in `baseline`: another clause, step
/// or subject. A deviation's findings are none.
std::size_t CountNewFailures(const RunRecord& record, const RunRecord& baseline);

}  // namespace conform
