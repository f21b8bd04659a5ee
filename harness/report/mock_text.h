// What a run on a mock, or on any other server of this machine, proves, in words.
#pragma once

#include <string>
#include <string_view>

#include "record/run_record.h"

namespace conform {

/// Whether the target is neither a mock nor on this machine.
bool AsksTheService(const RunHeader& header);

/// One sentence about a run that does not ask the service. What answers on this machine may be
/// another mock or a service that is being written: it is named.
std::string DescribeMockRun(const RunHeader& header);

/// Who answered, for the middle of a sentence: `the mock`, `the server on this machine`,
/// `the service`.
std::string_view TargetNoun(const RunHeader& header);
/// The same with what its answers prove: `a mock answered, which proves ...`.
std::string_view DescribeProof(const RunRecord& record);

/// What a pass proves, alone: `the service`, `the harness (a mock answered)`, ...
std::string_view WhatItProves(const RunRecord& record);

/// `MOCK RUN`, or `LOCAL RUN`; empty where a service elsewhere was asked.
std::string_view StampOfMock(const RunHeader& header);
/// The same behind a title: ` (MOCK RUN)`, ` (LOCAL RUN)`, or nothing.
std::string MarkOfMock(const RunHeader& header);

}  // namespace conform
