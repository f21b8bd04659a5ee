// A test on an HTML page: what it is, its steps as a chain, what was found, what crossed the wire.
#pragma once

#include <cstddef>

#include "report/html_run.h"
#include "report/html_writer.h"

namespace conform {

/// Which test of the record, with all its evidence.
struct HtmlTest {
  std::size_t index = 0;
  const TestRecord& test;
  bool known = false;  ///< it fails as it did in the baseline.
};

/// Of a test that a person must act on: findings in the open, exchanges folded.
void WriteTestToActOn(const HtmlTest& shown, HtmlWriter& out);

/// Of any other: folded as a whole.
void WriteFoldedTest(const HtmlTest& shown, const HtmlDetail& detail, HtmlWriter& out);

/// The outcome's word, so that it is seen as well as read; behind it that a failure is known.
void WriteOutcome(Outcome outcome, bool known, HtmlWriter& out);

}  // namespace conform
