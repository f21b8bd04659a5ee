// A finding on an HTML page: expected, actual and evidence side by side, then what it rests on.
#pragma once

#include <string>

#include "record/run_record.h"
#include "report/html_writer.h"

namespace conform {

/// `test` has the finding; `link` leads to the folded exchange of its step; empty: it is not on the
/// page.
void WriteFinding(const Finding& finding, const TestRecord& test, const std::string& link,
                  HtmlWriter& out);

/// What was sent and came, with the ids by which both sides know it, and the line that sends it
/// again.
void WriteEvidence(const ExchangeRecord& exchange, const std::string& link, HtmlWriter& out);
void WriteAgain(const ExchangeRecord& exchange, HtmlWriter& out);

/// The exchange of that step which was judged: its last. SIZE_MAX: there is none.
std::size_t FindJudgedExchange(const TestRecord& test, std::string_view step);

}  // namespace conform
