// What two contracts say of each fact, and what a run saw of it.
#pragma once

#include <string>
#include <vector>

#include "contract/contract.h"
#include "record/run_record.h"

namespace conform {

struct FactRow {
  std::string fact;      ///< as clauses name it: `responses.204`.
  std::string first;     ///< what it says, on one line; empty: nothing.
  std::string second;    ///< the same of the other contract.
  std::string seen;      ///< `kept by 3 tests`, `answered 2 times`; empty: nothing.
  bool differs = false;  ///< the two are not alike, or what was seen breaks what they say.
};

/// Facts in the first contract's order, then those of the second alone, then answers that neither
/// documents. Of the run only tests of one of the two operations count.
std::vector<FactRow> CompareFacts(const Contract& first, const Contract& second,
                                  const RunRecord& run);

}  // namespace conform
