// What a run does on the threads that run its tests ahead of their turn.
#include "run/test_run.h"

namespace conform {

/// What leaves no trace is not sent, and to a mock not for long.
Expected<void> TestRun::TellBegin(const std::vector<const Test*>& tests) {
  if (opened_journal_ == nullptr) return {};
  for (const Test* test : tests) {
    const auto begun = session_.target().is_mock() ? opened_journal_->BeginSoon(test->Id())
                                                   : opened_journal_->Begin(test->Id());
    if (!begun) return begun;
  }
  return {};
}

/// On any thread.
std::vector<FinishedTest> TestRun::RunAhead(const std::vector<const Test*>& tests) {
  std::vector<FinishedTest> all(tests.size());
  const auto begun = TellBegin(tests);
  std::vector<TestRecord> records;
  if (begun) records = session_.runner().RunJoined(tests);
  for (std::size_t i = 0; i < all.size(); ++i) {
    FinishedTest& finished = all[i];
    if (!begun) {
      finished.trouble = begun.error().message;
      finished.record = NotRun(*tests[i], "the run could not go on");
      finished.line = opened_journal_->LineOf(finished.record);
      continue;
    }
    finished.record = std::move(records[i]);
    finished.record.position = PositionOf(*tests[i]);
    lists_.Share(finished.record.verdict);
    finished.judged = lists_.TextOf(finished.record.verdict.judged);
    if (opened_journal_ != nullptr) {
      finished.line = opened_journal_->LineOf(finished.record, finished.judged);
    }
    if (EndsRun(finished.record)) stop_.Request("a test failed and --fail-fast was given");
  }
  return all;
}

bool TestRun::EndsRun(const TestRecord& test) const {
  if (!options_.fail_fast || test.verdict.outcome != Outcome::kFail) return false;
  return !known_ || known_->IsNew(test, options_.strict);
}

}  // namespace conform
