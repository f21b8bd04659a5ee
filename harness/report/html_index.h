// A run too large for one HTML page: an index, and a page for each test that must be acted on.
#pragma once

#include "record/evidence_reader.h"
#include "report/html_run.h"
#include "report/rendering.h"

namespace conform {

/// Writes `failures/N.html` for the first `run.most_pages` tests to act on, then `report.html`.
Expected<void> WriteHtmlPages(const HtmlRun& run, const EvidenceReader& evidence,
                              const WriteReport& write);

}  // namespace conform
