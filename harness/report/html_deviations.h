// The deviations of an HTML report: what is known and accepted for now, by whom, until when.
#pragma once

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

void WriteDeviations(const HtmlRun& run, HtmlWriter& out);

/// A link where `text` is an http or https address, which nothing fetches unasked; else text.
void WriteLinkOrText(const std::string& text, HtmlWriter& out);

}  // namespace conform
