// What every HTML report of a run has around its tests.
#pragma once

#include <string>

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// The way past the opening, the verdict, and what is where.
void WriteOpening(const HtmlRun& run, HtmlWriter& out);

/// What was not judged, deviations, timing, environment: after the tests.
void WriteRest(const HtmlRun& run, HtmlWriter& out);

void WriteFooter(const RunRecord& record, HtmlWriter& out);

/// `FAILED: conform against embedded mock, 2026-11-24T22:54:03.120Z`.
std::string TitleOf(const HtmlRun& run);

}  // namespace conform
