// What a run does before its first test, and beside its first requests.
#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "base/start_threads.h"
#include "bundle/run_inputs.h"
#include "record/run_record_file.h"
#include "run/effect.h"
#include "run/left_out.h"
#include "run/make_header.h"
#include "run/pipelined.h"
#include "run/test_run.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// Twice the cores on a mock, where requests wait for each other's processing; a service is asked
/// one thing at a time unless told otherwise: its tests share what it holds.
int JobsFor(const TestRunOptions& options, const Target& target, const Limits& limits) {
  const int most = limits.jobs > 0 ? limits.jobs : std::numeric_limits<int>::max();
  if (options.jobs > 0) return std::min(options.jobs, most);
  if (!target.is_mock()) return limits.jobs > 0 ? limits.jobs : 1;
  return std::min(2 * static_cast<int>(CountCores()), most);
}

DispatchOptions DispatchFor(const TestRunOptions& options, const Target& target,
                            const Limits& limits) {
  DispatchOptions dispatch;
  dispatch.jobs = JobsFor(options, target, limits);
  if (target.is_tenant()) dispatch.waits_for_turn = MayHaveEffect;
  if (!target.is_mock()) {
    dispatch.group_of = [](const Test& test) -> std::string_view { return test.test_case->group; };
  }
  const bool held_to_a_pace = limits.requests_per_window > 0;
  if (target.takes_pipelines() && !held_to_a_pace) dispatch.joins = IsPipelined;
  return dispatch;
}

}  // namespace

void TestRun::Start(const std::vector<const Test*>& planned, std::size_t selected) {
  planned_ = planned;
  std::sort(planned_.begin(), planned_.end());  // a shuffled suite gives its tests as they run
  positions_.assign(workspace_.tests.size(), -1);
  for (std::size_t i = 0; i < planned_.size(); ++i) {
    positions_[static_cast<std::size_t>(planned_[i] - workspace_.tests.data())] =
        static_cast<int>(i);
  }
  if (!Repeats()) {
    uses_.assign(workspace_.cases.size(), 0);
    for (const Test* test : planned_) ++uses_[CaseOf(*test)];
  }
  selected_ = selected;
  shuffle_seed_ = ShuffleSeed();  // GoogleTest takes another for each repetition
  // Also of a shard to which no test falls: its report says what the others' do.
  if (selected > 0) session_.target().AskWhetherMock(workspace_.profile, clock_);
  dispatcher_.emplace(
      DispatchFor(options_, session_.target(), workspace_.profile.limits),
      [this](const auto& tests) { return RunAhead(tests); }, stop_);
  const fs::path folder(options_.reports.folder);
  std::error_code failed;
  fs::create_directories(folder, failed);  // what fails is told by the first write
  auto journal = Journal::Open(folder / kJournalName, invocation_.redactor);
  if (!journal) return Give(journal.error().message);
  opened_journal_ = *std::move(journal);
  masked_of_ = invocation_.redactor.CountKnown();
  // What may have an effect is sent when the journal says so; a mock is asked while it is written.
  if (!session_.target().is_mock()) TellPlan();
}

/// In the header and the journal, once.
void TestRun::TellPlan() {
  if (std::exchange(plan_told_, true)) return;
  const Target& target = session_.target();
  RunHeader& header = record_.header;
  header = MakeHeader(workspace_, target, began_, ProcessEnvironment(), options_.strict);
  if (options_.evidence == kFailedAlone) header.evidence = kFailedAlone;
  header.shard_index = shard_.index;
  header.shard_count = shard_.count;
  header.jobs = JobsFor(options_, target, workspace_.profile.limits);
  header.selected = selected_;
  header.shuffle_seed = shuffle_seed_;
  header.left_out = ListLeftOut(workspace_, invocation_.folders.cases, SelectionFilter());
  NoteSecretFiles();
  header.previous_sha256 = options_.previous_sha256.get();
  header.history_head = options_.history_head;
  if (opened_journal_ == nullptr) return;
  const auto written = opened_journal_->WritePlan(
      header, {planned_.size(), [this](std::size_t i) { return NotRun(*planned_[i], ""); }});
  if (!written) return Give(written.error().message);
  journal_ = opened_journal_.get();
}

/// Who makes a bundle later may not know what is secret. What the embedded mock is sent is not.
void TestRun::NoteSecretFiles() {
  if (IsEmbedded(workspace_.profile) || searched_for_ == invocation_.redactor.CountKnown()) return;
  searched_for_ = invocation_.redactor.CountKnown();
  record_.header.secret_files =
      FindSecretFiles(record_.header, fs::current_path(), invocation_.redactor);
}

}  // namespace conform
