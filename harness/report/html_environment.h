// Under what an HTML report came about: tool, target, identities, and every file by its digest.
#pragma once

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

void WriteEnvironment(const HtmlRun& run, HtmlWriter& out);

}  // namespace conform
