// Why tests could not be told: a service that is down is one cause, not one for each test.
#pragma once

#include <cstddef>
#include <string>

#include "record/run_record.h"

namespace conform {

/// Whether it is inconclusive, found nothing, and got no answer to its last request.
bool IsUnanswered(const TestRecord& test);

/// Of such a test why it got none; else the verdict's reason.
std::string CauseOf(const TestRecord& test);

struct SharedCause {
  std::string text;       ///< empty: there is none.
  std::size_t tests = 0;  ///< that it ended.
};

/// The one that ended most inconclusive tests, and more than half of them.
SharedCause FindSharedCause(const RunRecord& record);

/// Whether anything came, in any test.
bool WasAnswered(const RunRecord& record);

}  // namespace conform
