// The coverage matrix of an HTML report: each clause, who is bound, what became of it, by which
// test.
#pragma once

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// A table for each edition of an operation, then one for each protocol set.
void WriteCoverage(const HtmlRun& run, HtmlWriter& out);

}  // namespace conform
