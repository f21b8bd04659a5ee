// What a run on a mock proves, in words.
#pragma once

#include <string>
#include <string_view>

#include "record/run_header.h"

namespace conform {

/// One sentence about a run whose header says that it was on a mock. What answers on this machine
/// may be another mock or a service that is being written: it is named.
std::string DescribeMockRun(const RunHeader& header);

/// `MOCK RUN`, or `LOCAL RUN`; empty where a service elsewhere was asked.
std::string_view StampOfMock(const RunHeader& header);
/// The same behind a title: ` (MOCK RUN)`, ` (LOCAL RUN)`, or nothing.
std::string MarkOfMock(const RunHeader& header);

}  // namespace conform
