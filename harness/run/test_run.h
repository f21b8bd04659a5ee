// One run of the selected tests, from the first request to the reports.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "record/evidence_reader.h"
#include "record/journal.h"
#include "record/judged_lists.h"
#include "record/known_failures.h"
#include "record/population.h"
#include "report/console.h"
#include "run/command.h"
#include "run/dispatcher.h"
#include "run/gtest_settings.h"
#include "run/progress_line.h"
#include "run/run_reports.h"
#include "run/session.h"
#include "run/stop.h"
#include "run/suite.h"

namespace conform {

struct TestRunOptions {
  ReportOptions reports;
  bool strict = false;
  int jobs = 0;                         ///< tests under way at once; 0: the target's default.
  bool fail_fast = false;               ///< at the first failure that the baseline does not know.
  bool quiet = false;                   ///< tests that pass are not told.
  std::string evidence = "all";         ///< or kFailedAlone.
  const RunRecord* baseline = nullptr;  ///< an earlier run to compare with, or null.
  std::string history_head = {};        ///< to be noted in the record.
  /// The digest of the record that lay in the reports' folder when the run began.
  std::shared_future<std::string> previous_sha256 = {};
  /// Is given the run once it was reported, and its exit code set.
  std::function<void(const FinishedRun&)> finished = {};
};

/// Its parts outlive it. A case of the workspace is emptied once its tests ran, unless they
/// repeat, and all are gone before it is reported.
class TestRun {
 public:
  TestRun(Workspace& workspace, Session& session, const TestRunOptions& options,
          Invocation& invocation, Clock& clock, Stop& stop);
  /// Waits for what is under way.
  ~TestRun();
  TestRun(const TestRun&) = delete;
  TestRun& operator=(const TestRun&) = delete;

  /// Runs what GoogleTest selects, reports it and sets the exit code. Call once.
  void Execute(const Shard& shard);

 private:
  void Start(const std::vector<const Test*>& planned, std::size_t selected);
  /// Tells the journal.
  Expected<void> TellBegin(const std::vector<const Test*>& tests);
  std::vector<FinishedTest> RunAhead(const std::vector<const Test*>& tests);
  bool EndsRun(const TestRecord& test) const;
  const TestRecord& RunTest(const Test& test);
  /// What it keeps of it, until the next call.
  const TestRecord& Keep(FinishedTest finished);
  void TellLines();
  void ShowSoFar();
  void TellSoFar();
  void TellPlan();
  void NoteSecretFiles();
  void LetGoOfEvidence();
  bool SettleJournal(const std::filesystem::path& journal);
  void Finish();
  void Give(const std::string& trouble);
  /// Empties a case whose tests all ran: of 100,000 files, records take the room.
  void Release(const Test& test);
  int PositionOf(const Test& test) const;
  /// Its case's place in the workspace.
  std::size_t CaseOf(const Test& test) const;
  TestRecord NotRun(const Test& test, const std::string& reason) const;
  std::chrono::microseconds Elapsed() const;

  Workspace& workspace_;
  Session& session_;
  const TestRunOptions& options_;
  Invocation& invocation_;
  Clock& clock_;
  Stop& stop_;
  Console console_;
  std::string lines_;  ///< for the console, not written yet.
  ProgressLine progress_line_;
  std::chrono::system_clock::time_point began_;
  RunRecord& record_;  ///< goes with the process: to free it takes as long as to report it.
  Population population_{record_.tests};
  std::vector<const Test*> planned_;
  std::vector<int> positions_;     ///< in planned_, by the place of the test in the workspace.
  std::vector<std::size_t> uses_;  ///< planned tests of each case that did not run yet.
  JudgedLists lists_;
  EvidenceBound evidence_;
  std::optional<KnownFailures> known_;  ///< of the baseline, where there is one.
  std::deque<TestRecord*> unwritten_;  ///< of record_, in turn: those the journal may not have yet.
  TestRecord told_;  ///< to GoogleTest last, of a test that did not run or was not kept.
  std::size_t failures_ = 0;
  Shard shard_;
  std::size_t selected_ = 0;  ///< tests, in all shards.
  int shuffle_seed_ = 0;
  std::unique_ptr<Journal> opened_journal_;  ///< null: it could not be opened.
  Journal* journal_ = nullptr;               ///< the same, once its plan is written. Of one thread.
  bool plan_told_ = false;
  std::size_t masked_of_ = 0;  ///< the least Redactor::CountKnown by which a line was masked.
  std::optional<std::size_t> searched_for_;  ///< secrets, in the files, when that was done last.
  std::string trouble_;
  /// Made once it is known whether the target is a mock. It goes with the process, too: to wake
  /// many threads for their end takes as long.
  std::optional<Dispatcher>& dispatcher_;
};

}  // namespace conform
