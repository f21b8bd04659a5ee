#include "report/baseline.h"

#include <fmt/format.h>

#include <set>

#include "base/date.h"

namespace conform {

Baseline::Baseline(const RunRecord& record, const RunRecord* run) : record_(record), run_(run) {
  if (run == nullptr) return;
  known_.emplace(*run);
  std::set<std::string> before;
  for (const TestRecord& test : run->tests) {
    if (test.verdict.outcome == Outcome::kFail) before.insert(test.Id());
  }
  for (const TestRecord& test : record.tests) {
    if (test.verdict.outcome == Outcome::kFail) (Knows(test) ? still : fresh).push_back(&test);
    if (Passes(test.verdict.outcome) && before.count(test.Id()) > 0) fixed.push_back(&test);
  }
}

Outcome Baseline::CountsAs(const TestRecord& test) const {
  return Knows(test) ? Outcome::kDeviation : test.verdict.outcome;
}

bool Baseline::Knows(const TestRecord& test) const {
  return known_ && test.verdict.outcome == Outcome::kFail && !known_->IsNew(test, record_);
}

std::string_view Baseline::MarkOf(const TestRecord& test) const {
  if (!known_ || test.verdict.outcome != Outcome::kFail) return "";
  return Knows(test) ? "known" : "new";
}

std::string Baseline::Began() const {
  return run_ == nullptr ? "" : FormatTimestamp(run_->header.started);
}

std::string Baseline::Describe() const {
  return fmt::format("Against the run of {}: {} new, {} still failing, {} fixed.", Began(),
                     fresh.size(), still.size(), fixed.size());
}

}  // namespace conform
