// The tables that coverage is told in.
#pragma once

#include <string>
#include <vector>

#include "record/coverage.h"

namespace conform {

struct CoverageTable {
  std::string title;  ///< an edition of an operation, or a protocol set: `a.b, edition 2024-08`.
  std::vector<const ClauseCoverage*> clauses;
};

/// In the order in which they first appear, contracts before protocols. `coverage` outlives them.
std::vector<CoverageTable> MakeCoverageTables(const std::vector<ClauseCoverage>& coverage);

}  // namespace conform
