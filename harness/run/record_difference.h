// What differs between two records of the same test.
#pragma once

#include <string>
#include <vector>

#include "record/run_record.h"

namespace conform {

/// One place that differs. Either side is `absent` where it has nothing there.
struct RecordDifference {
  std::string place;  ///< `outcome`, `finding sync.204`, `exchange 1/status`, `exchange 2/body/id`.
  std::string before;
  std::string now;
};

/// Outcome, findings, and of each exchange the request line and body sent, the answer's status
/// line, fields and body. Ids, dates and lengths that are another each time are told alike. In the
/// order in which a reader meets them; empty: the same.
std::vector<RecordDifference> CompareTests(const TestRecord& before, const TestRecord& now);

}  // namespace conform
