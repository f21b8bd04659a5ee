// The run record as a page for people: it needs no script, no style and no network to be read.
#pragma once

#include <cstddef>

#include "record/evidence_reader.h"
#include "record/run_record.h"
#include "report/conclusion.h"
#include "report/rendering.h"

namespace conform {

inline constexpr const char* kHtmlName = "report.html";
/// The folder for pages of single tests.
inline constexpr const char* kHtmlPages = "failures";

struct HtmlLimits {
  std::size_t most_tests = 5'000;      ///< on one page.
  std::size_t most_bytes = 5'000'000;  ///< of one page with all tests.
  std::size_t most_pages = 10'000;     ///< in `failures/`.
};

/// Writes `report.html`. Where it would be larger than the limits, evidence of tests that passed is
/// cut first, and the page says so; where that is not enough it becomes an index, and each test
/// that a person must act on gets `failures/N.html`, N counted from 1 in the record's order. A
/// failure that `baseline` (or null) knows is told with what is accepted, and marked. The same
/// record gives the same bytes. Errors: those of `evidence` and `write`.
Expected<void> WriteHtml(const RunRecord& record, const EvidenceReader& evidence,
                         const Conclusion& conclusion, const WriteReport& write,
                         const RunRecord* baseline = nullptr, const HtmlLimits& limits = {});

}  // namespace conform
