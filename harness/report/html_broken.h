// Which promises broke, at the top of an HTML report.
#pragma once

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// Each promise that broke with what was expected and what came; at most ten, the gravest first.
void WriteBrokenPromises(const HtmlRun& run, HtmlWriter& out);

}  // namespace conform
