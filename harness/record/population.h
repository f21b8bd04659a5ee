// The tests that a record holds: each once, and those that did not run after those that did.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>

#include "record/run_record.h"

namespace conform {

/// Under --gtest_repeat a test runs several times; a record keeps it once, where it first stood,
/// with its worst outcome. From worst to best: fail, inconclusive, warn, deviation, pass, skip,
/// not_run. The first of several that are as bad is kept.
class Population {
 public:
  /// Fills `tests`, which is empty and outlives it.
  explicit Population(TestRecords& tests) : tests_(tests) {}

  /// Whether nothing as bad is kept of that test; a test is told by its position.
  bool Wants(const TestRecord& test) const;
  /// Call with what it wants alone. Where it stands now.
  TestRecord& Add(TestRecord test);

 private:
  TestRecords& tests_;
  std::unordered_map<int, std::size_t> places_;
};

std::size_t CountTests(const RunRecord& record, Outcome outcome);

/// Appends each of `count` planned tests that is not among `tests`, told by its position.
void AppendNotRun(std::size_t count, const std::function<TestRecord(std::size_t)>& planned,
                  TestRecords& tests);

}  // namespace conform
