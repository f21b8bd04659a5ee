#include "run/test_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/for_process.h"
#include "record/masked_journal.h"
#include "record/run_record_file.h"
#include "record/run_record_json.h"
#include "run/planned_record.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// Bytes of the console's lines that are masked and written as one.
constexpr std::size_t kManyLines = 4'096;

}  // namespace

TestRun::TestRun(Workspace& workspace, Session& session, const TestRunOptions& options,
                 Invocation& invocation, Clock& clock, Stop& stop)
    : workspace_(workspace),
      session_(session),
      options_(options),
      invocation_(invocation),
      clock_(clock),
      stop_(stop),
      console_(invocation.out, invocation.colour, invocation.redactor),
      progress_line_(invocation.out, invocation.terminal),
      began_(clock.Now()),
      record_(MakeForProcess<RunRecord>()),
      dispatcher_(MakeForProcess<std::optional<Dispatcher>>()) {
  if (options.baseline != nullptr) known_.emplace(*options.baseline);
}

TestRun::~TestRun() {
  if (dispatcher_) dispatcher_->TakeRest();
}

void TestRun::Execute(const Shard& shard) {
  shard_ = shard;
  const SuiteCalls calls{
      [this](const auto& planned, std::size_t selected) { Start(planned, selected); },
      [this](const auto& order) {
        dispatcher_->Plan(order);
        TellPlan();
      },
      [this](const Test& test) -> const TestRecord& { return RunTest(test); }};
  if (const auto ran = RunSuite(workspace_.tests, invocation_.gtest_arguments, calls); !ran) {
    invocation_.Refuse(ran.error().message);
    return;
  }
  if (!OnlyListed()) Finish();
}

/// Why no more can be written; then nothing more is sent either.
void TestRun::Give(const std::string& trouble) {
  if (trouble_.empty()) trouble_ = trouble;
  stop_.Request("the run could not go on");
}

int TestRun::PositionOf(const Test& test) const {
  return positions_[static_cast<std::size_t>(&test - workspace_.tests.data())];
}

std::size_t TestRun::CaseOf(const Test& test) const {
  return static_cast<std::size_t>(test.test_case - workspace_.cases.data());
}

TestRecord TestRun::NotRun(const Test& test, const std::string& reason) const {
  TestRecord record = PlannedRecord(test);
  record.position = PositionOf(test);
  record.verdict.reason = reason;
  return record;
}

const TestRecord& TestRun::RunTest(const Test& test) {
  if (!dispatcher_->IsReady()) ShowSoFar();
  std::optional<FinishedTest> finished = dispatcher_->Take(test);
  if (finished) return Keep(*std::move(finished));
  told_ = NotRun(test, stop_.Reason());
  return told_;
}

void TestRun::TellLines() {
  if (lines_.empty()) return;
  progress_line_.Erase();
  invocation_.out << lines_;
  lines_.clear();
}

/// Before a wait: who looks misses nothing.
void TestRun::ShowSoFar() {
  TellLines();
  invocation_.out.flush();
}

void TestRun::TellSoFar() {
  ShowSoFar();
  if (journal_ == nullptr) return;
  if (const auto written = journal_->Flush(); !written) Give(written.error().message);
}

const TestRecord& TestRun::Keep(FinishedTest finished) {
  TestRecord& record = finished.record;
  if (!finished.trouble.empty()) Give(finished.trouble);
  if (journal_ != nullptr) record.in_journal = journal_->Append(finished.line, finished.judged);
  masked_of_ = std::min<std::size_t>(masked_of_, record.masked_of.value_or(0));
  if (!options_.quiet || !Passes(record.verdict.outcome)) lines_ += console_.RenderTest(record);
  if (invocation_.terminal || lines_.size() >= kManyLines) TellLines();
  if (!Passes(record.verdict.outcome) && EndsAtFailure()) TellSoFar();
  if (record.verdict.outcome == Outcome::kFail) ++failures_;
  Release(*planned_[static_cast<std::size_t>(record.position)]);
  const TestRecord* kept = &told_;
  const bool once = !uses_.empty();  // no test comes twice
  if (once) {
    kept = unwritten_.emplace_back(&record_.tests.emplace_back(std::move(record)));
    LetGoOfEvidence();
  } else if (population_.Wants(record)) {
    TellSoFar();
    if (journal_ != nullptr && journal_->Holds(record.in_journal)) evidence_.Hold(record);
    kept = &population_.Add(std::move(record));
  } else {
    told_ = std::move(record);
  }
  progress_line_.Draw({record_.tests.size(), planned_.size(), failures_,
                       std::chrono::duration_cast<std::chrono::milliseconds>(Elapsed())});
  return *kept;
}

/// Of what the journal has by now.
void TestRun::LetGoOfEvidence() {
  while (journal_ != nullptr && !unwritten_.empty() &&
         journal_->Holds(unwritten_.front()->in_journal)) {
    evidence_.Hold(*unwritten_.front());
    unwritten_.pop_front();
  }
}

void TestRun::Release(const Test& test) {
  if (uses_.empty()) return;
  const std::size_t index = CaseOf(test);
  if (--uses_[index] == 0) workspace_.cases[index] = Case();
}

std::chrono::microseconds TestRun::Elapsed() const {
  // A clock that was set back meanwhile gives none.
  return std::max(std::chrono::microseconds(0),
                  std::chrono::duration_cast<std::chrono::microseconds>(clock_.Now() - began_));
}

/// Whether the journal must be masked at the end: it holds a secret that was learnt after a line of
/// it was written, or cannot be looked through. Else its lines need no second look by a report.
bool TestRun::SettleJournal(const fs::path& journal) {
  const std::size_t known = invocation_.redactor.CountKnown();
  if (journal_ == nullptr || masked_of_ >= known) return false;
  const auto is_masked = IsMasked(journal, invocation_.redactor);
  if (!is_masked || !*is_masked) return true;
  record_.journal_masked_of = static_cast<std::uint32_t>(known);
  return false;
}

void TestRun::Finish() {
  TellPlan();
  TellSoFar();
  // After a stop some ran ahead of what their turn would have been: what was sent is reported.
  for (FinishedTest& finished : dispatcher_->TakeRest()) Keep(std::move(finished));
  if (journal_ == nullptr) opened_journal_.reset();  // it is none, and may be removed
  progress_line_.Erase();
  TellSoFar();
  std::string reason = stop_.Reason();
  if (reason.empty()) reason = "the run stopped before it";
  AppendNotRun(
      planned_.size(), [&](std::size_t i) { return NotRun(*planned_[i], reason); }, record_.tests);
  std::vector<Case>().swap(workspace_.cases);  // the reports need the room
  record_.duration = Elapsed();
  NoteSecretFiles();
  if (journal_ != nullptr) {
    const auto ended = journal_->Finish(record_.duration, record_.header.secret_files);
    if (!ended) {
      Give(ended.error().message);
      for (TestRecord& test : record_.tests) {
        if (!journal_->Holds(test.in_journal)) test.in_journal = {};
      }
    }
  }
  const fs::path journal = fs::path(options_.reports.folder) / kJournalName;
  const bool needs_masking = SettleJournal(journal);
  FinishedRun run{record_, EvidenceIn(journal, record_), journal, options_.baseline};
  run.editions = NameEditions(workspace_);
  run.is_written = FinishRun(run, options_.reports, trouble_, invocation_);
  if (options_.finished) options_.finished(run);
  if (needs_masking) {
    const auto masked = MaskJournal(journal, invocation_.redactor);
    if (!masked) {
      std::error_code failed;
      fs::remove(journal, failed);  // rather no evidence than a secret
      invocation_.err << fmt::format(
          "conform: {}: a secret that was learnt late could not be masked in the journal, which "
          "{}\n",
          masked.error().message, failed ? "holds it still: remove it" : "is removed");
    }
  }
}

}  // namespace conform
