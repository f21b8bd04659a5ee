#include "report/baseline.h"

#include <fmt/format.h>

#include <set>

#include "base/date.h"
#include "record/known_failures.h"

namespace conform {

Baseline::Baseline(const RunRecord& record, const RunRecord* run) : run_(run) {
  if (run == nullptr) return;
  const KnownFailures failures(*run);
  std::set<std::string> before;
  for (const TestRecord& test : run->tests) {
    if (test.verdict.outcome == Outcome::kFail) before.insert(test.Id());
  }
  for (const TestRecord& test : record.tests) {
    if (test.verdict.outcome == Outcome::kFail) {
      (failures.IsNew(test, record.header.strict) ? fresh : still).push_back(&test);
    }
    if (Passes(test.verdict.outcome) && before.count(test.Id()) > 0) fixed.push_back(&test);
  }
  for (const TestRecord* test : still) known_.insert(test->Id());
}

Outcome Baseline::CountsAs(const TestRecord& test) const {
  return Knows(test) ? Outcome::kDeviation : test.verdict.outcome;
}

bool Baseline::Knows(const TestRecord& test) const {
  return test.verdict.outcome == Outcome::kFail && known_.contains(test.Id());
}

std::string_view Baseline::MarkOf(const TestRecord& test) const {
  if (run_ == nullptr || test.verdict.outcome != Outcome::kFail) return "";
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
