// What an HTML report does not judge: skipped, not run, not selected, untested, and why.
#pragma once

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// A table a kind, by reason; of many tests with the same reason the first are named.
void WriteUnjudged(const HtmlRun& run, HtmlWriter& out);

}  // namespace conform
