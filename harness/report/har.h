// All that crossed the wire as a HAR 1.2 file, for the tools of browsers and proxies.
#pragma once

#include <cstddef>

#include "record/evidence_reader.h"
#include "record/run_record.h"
#include "report/rendering.h"

namespace conform {

inline constexpr const char* kHarName = "run.har";

struct HarLimits {
  /// Above, only the exchanges of tests that did not pass are written.
  std::size_t most_tests_with_all = 10'000;
};

/// Writes `run.har`: an entry for each attempt, the oldest first. Phases that are not known are -1,
/// but for those that the format wants as 0; no byte of an answer: status 0 and `_error`, as
/// browsers write it. Members of our own begin with an underscore, as the format asks: `_conform`
/// names test, step and outcome. What was left out is told in the log's comment. Errors: those of
/// `evidence` and `write`.
Expected<void> WriteHar(const RunRecord& record, const EvidenceReader& evidence,
                        const WriteReport& write, const HarLimits& limits = {});

}  // namespace conform
