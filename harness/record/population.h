// The tests that a record holds: each once, and those that did not run after those that did.
#pragma once

#include <string_view>
#include <vector>

#include "record/run_record.h"

namespace conform {

/// Under --gtest_repeat a test runs several times; the record keeps it once, where it first stood,
/// with its worst outcome. From worst to best: fail, inconclusive, warn, deviation, pass, skip,
/// not_run. The first of several that are as bad is kept.
std::vector<TestRecord> MergeRepeats(std::vector<TestRecord> tests);

/// Appends each of `planned` that is not among `tests`, as not_run for this reason.
void AppendNotRun(const std::vector<TestRecord>& planned, std::string_view reason,
                  std::vector<TestRecord>& tests);

}  // namespace conform
