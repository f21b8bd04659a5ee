// How an HTML report opens: the verdict in one sentence, what it proves, what was counted.
#pragma once

#include <string>
#include <string_view>

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// `FAILED`, `COULD NOT TELL`, …: by the exit code.
std::string_view StampOf(const Conclusion& conclusion);

/// `Failed: the mock broke 2 of the 84 promises that were judged, in 3 of 65 tests.`
std::string RenderVerdictSentence(const HtmlRun& run);

/// In letters that cannot be missed: who answered was a mock.
void WriteMockBand(const RunHeader& header, HtmlWriter& out);

/// Sentence, what it proves and what it does not, counts.
void WriteVerdict(const HtmlRun& run, HtmlWriter& out);

}  // namespace conform
