// The tests that a record holds: each once, and those that did not run after those that did.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "record/run_record.h"

namespace conform {

/// Under --gtest_repeat a test runs several times; the record keeps it once, where it first stood,
/// with its worst outcome. From worst to best: fail, inconclusive, warn, deviation, pass, skip,
/// not_run. The first of several that are as bad is kept.
std::vector<TestRecord> MergeRepeats(std::vector<TestRecord> tests);

std::size_t CountTests(const RunRecord& record, Outcome outcome);

/// Appends each of `count` planned tests that is not among `tests`, told by its position.
void AppendNotRun(std::size_t count, const std::function<TestRecord(std::size_t)>& planned,
                  std::vector<TestRecord>& tests);

}  // namespace conform
