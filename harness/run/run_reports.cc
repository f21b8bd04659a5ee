#include "run/run_reports.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "base/start_threads.h"
#include "record/atomic_file.h"
#include "record/coverage.h"
#include "record/journal.h"
#include "record/run_record_file.h"
#include "report/console.h"
#include "report/html.h"
#include "run/rendering_table.h"
#include "run/run_bundle.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAllFormats = "all";

std::vector<std::string> FormatNames() {
  std::vector<std::string> names = {std::string(kAllFormats)};
  for (const Rendering& each : AllRenderings()) names.emplace_back(each.name);
  return names;
}

bool IsChosen(const Rendering& rendering, const std::vector<std::string>& formats) {
  return std::any_of(formats.begin(), formats.end(), [&](const std::string& each) {
    return each == rendering.name || each == kAllFormats;
  });
}

using Committed = std::shared_future<Expected<void>>;

/// The first error.
Expected<void> AwaitAll(const std::vector<Committed>& commits) {
  Expected<void> all;
  for (const Committed& commit : commits) {
    if (!commit.get() && all) all = commit.get();
  }
  return all;
}

/// Writes the files of renderings, which may lie in folders of their own. The disk takes one while
/// the next is rendered.
class ReportFolder {
 public:
  ReportFolder(fs::path folder, const Redactor& redactor)
      : folder_(std::move(folder)), redactor_(redactor) {}

  Expected<void> Write(std::string_view path, std::string_view bytes) {
    const fs::path file = folder_ / path;
    // An index leads to pages that are there.
    if (path == kHtmlName) {
      if (auto committed = AwaitAll(commits_); !committed) return committed;
    }
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);  // what fails is told by the writing
    written_.insert(file);
    auto report = AtomicFile::Create(file, redactor_);
    if (!report) return tl::unexpected(report.error());
    if (auto written = report->Write(bytes); !written) return written;
    if (commits_.size() >= kMostAtOnce) commits_[commits_.size() - kMostAtOnce].wait();
    const auto whole = std::make_shared<AtomicFile>(*std::move(report));
    commits_.push_back(BeginAside([whole] { return whole->Commit(); }));
    return {};
  }

  /// Of what was written since the last call.
  std::vector<Committed> TakeCommits() { return std::exchange(commits_, {}); }

  /// Whether it has pages of failures.
  bool HasPages() const {
    return std::any_of(written_.begin(), written_.end(), [&](const fs::path& file) {
      return file.parent_path() == folder_ / kHtmlPages;
    });
  }

  /// What an earlier run left: beside this one's files it would be taken for one of them. What
  /// bears no mark of ours, or was read by the run, is somebody's.
  void RemoveOld(const Rendering& rendering, const RunHeader& header) const {
    const fs::path file = folder_ / rendering.file;
    if (!BearsMark(file, rendering.mark)) return;
    std::error_code ignored;
    const bool was_read = std::any_of(
        header.files.begin(), header.files.end(),
        [&](const FileRecord& each) { return fs::equivalent(each.path, file, ignored); });
    if (was_read) return;
    fs::remove(file, ignored);
    if (rendering.file == kHtmlName) RemoveOldPages();
  }

  /// Pages of failures that an earlier run left: a later index does not lead to them.
  void RemoveOldPages() const {
    std::error_code ignored;
    std::vector<fs::path> old;
    for (fs::directory_iterator each(folder_ / kHtmlPages, ignored);
         !ignored && each != fs::directory_iterator(); each.increment(ignored)) {
      const fs::path& page = each->path();
      if (IsPageOfFailure(page) && written_.count(page) == 0) old.push_back(page);
    }
    for (const fs::path& page : old) fs::remove(page, ignored);
    fs::remove(folder_ / kHtmlPages, ignored);  // where it is empty
  }

 private:
  static constexpr std::size_t kMostAtOnce = 8;

  static bool BearsMark(const fs::path& file, std::string_view mark) {
    std::ifstream stream(file, std::ios::binary);
    std::string begin(kMarkedBytes, '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return begin.find(mark) != std::string::npos;
  }

  /// `12.html`; others are not ours.
  static bool IsPageOfFailure(const fs::path& page) {
    const std::string number = page.stem().string();
    return page.extension() == ".html" &&
           std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  fs::path folder_;
  const Redactor& redactor_;
  std::vector<Committed> commits_;
  std::set<fs::path> written_;
};

bool NothingWasSent(const RunRecord& record) {
  return std::all_of(record.tests.begin(), record.tests.end(), [](const TestRecord& test) {
    return test.verdict.outcome == Outcome::kNotRun && test.exchanges.empty();
  });
}

}  // namespace

Conclusion Describe(const RunConclusion& conclusion) {
  std::string meaning(NameOf(conclusion.code));
  if (!conclusion.reasons.empty()) {
    meaning += fmt::format(" ({})", fmt::join(conclusion.reasons, "; "));
  }
  return {static_cast<int>(conclusion.code), std::move(meaning), {}, conclusion.reasons};
}

void AddFormatsFlag(CLI::App& command, const std::string& flag, std::vector<std::string>& formats) {
  command
      .add_option(flag, formats,
                  fmt::format("Which of {} to write besides run.json (default: {})",
                              fmt::join(FormatNames(), ","), fmt::join(formats, ",")))
      ->delimiter(',')
      ->allow_extra_args(false)  // else it would swallow a PATH behind it
      ->check(OneOf(FormatNames()))
      ->type_name("FORMAT,...");
}

namespace {

struct Rendered {
  fs::path path;
  Expected<void> written;
  std::vector<Committed> commits;
};
using Written = std::vector<std::pair<fs::path, Expected<void>>>;

/// Waits until all of them are on the disk.
Written Settle(std::vector<Rendered> rendered) {
  Written all;
  for (Rendered& each : rendered) {
    auto committed = AwaitAll(each.commits);
    if (each.written) each.written = std::move(committed);
    all.emplace_back(std::move(each.path), std::move(each.written));
  }
  return all;
}

/// The chosen ones, one after the other.
Written WriteRenderings(const FinishedRun& run, const RunConclusion& concluded,
                        const ReportOptions& options, const Redactor& redactor) {
  const fs::path folder(options.folder);
  const Conclusion conclusion = Describe(concluded);
  const RenderingSource source{run.record, run.evidence, conclusion, run.baseline};
  ReportFolder into(folder, redactor);
  const WriteReport write = [&](std::string_view path, std::string_view bytes) {
    return into.Write(path, bytes);
  };
  std::vector<Rendered> all;
  for (const Rendering& each : AllRenderings()) {
    if (!IsChosen(each, options.formats)) {
      if (options.of_new_run) into.RemoveOld(each, run.record.header);
      continue;
    }
    auto written = each.write(source, write);
    all.push_back({folder / each.file, std::move(written), into.TakeCommits()});
  }
  Written settled = Settle(std::move(all));
  for (const auto& [path, written] : settled) {
    if (written && path == folder / kHtmlName) into.RemoveOldPages();
  }
  // The index is nothing without them.
  if (into.HasPages()) settled.emplace_back(folder / kHtmlPages / "", Expected<void>());
  return settled;
}

/// Removes the journal that another run left where `run` has its record now.
void RemoveOtherJournal(const FinishedRun& run, const fs::path& folder) {
  std::error_code ignored;
  const fs::path journal = folder / kJournalName;
  const bool own = !run.journal.empty() && fs::equivalent(run.journal, journal, ignored);
  if (own || IsBeingWritten(journal)) return;  // by a run that began meanwhile
  fs::remove(journal, ignored);
}

}  // namespace

bool MayWriteReports(const fs::path& folder, Invocation& invocation) {
  const fs::path journal = folder / kJournalName;
  if (!IsBeingWritten(journal)) return true;
  invocation.Refuse(Error{
      fmt::format("{}: the run is still going on, and writes its reports there as it ends: wait "
                  "for that, or give another folder with --out",
                  journal.string()),
      /*may_pass=*/true});
  return false;
}

Expected<void> WriteReports(const FinishedRun& run, const RunConclusion& concluded,
                            const ReportOptions& options, Redactor& redactor,
                            std::vector<std::string>& reports) {
  const fs::path folder(options.folder);
  const fs::path record = folder / kRunRecordName;
  // As much work as all renderings, so it is done beside them where there may be another thread.
  std::future<Expected<void>> recorded;
  if (options.writes_record) {
    recorded =
        BeginAside([&] { return WriteRunRecord(run.record, run.journal, record, redactor); });
  }
  const auto rendered = WriteRenderings(run, concluded, options, redactor);
  Expected<void> all;
  const auto note = [&](const fs::path& path, const Expected<void>& written) {
    if (written) reports.push_back(path.string());
    if (!written && all) all = written;
  };
  if (recorded.valid()) {
    const Expected<void> written = recorded.get();
    note(record, written);
    if (written) RemoveOtherJournal(run, folder);
  }
  for (const auto& [path, written] : rendered) note(path, written);
  if (!options.bundle.file.empty())
    note(options.bundle.file, WriteBundle(run, concluded, options.bundle, redactor));
  return all;
}

bool FinishRun(const FinishedRun& run, const ReportOptions& options, std::string trouble,
               Invocation& invocation) {
  std::vector<std::string> reports;
  const RunConclusion conclusion = Conclude(run.record, run.baseline);
  const Expected<void> written =
      WriteReports(run, conclusion, options, invocation.redactor, reports);
  if (!written && trouble.empty()) trouble = written.error().message;
  if (!trouble.empty() && NothingWasSent(run.record) && run.record.header.selected > 0) {
    // What was not written, and why, is all there is to tell.
    invocation.CannotTell(fmt::format("{}; nothing was sent", trouble));
    return false;
  }
  invocation.exit_code = conclusion.code;
  Conclusion told = Describe(conclusion);
  if (!trouble.empty()) {
    // A verdict that could not be written down is no pass, and a failure is one all the same.
    if (conclusion.code == ExitCode::kConforms) {
      invocation.exit_code = ExitCode::kCouldNotTell;
      told.meaning = "could not tell (the reports could not be written)";
    }
    invocation.err << "conform: " << trouble << '\n';
  }
  told.exit_code = static_cast<int>(invocation.exit_code);
  told.reports = std::move(reports);
  Console(invocation.out, invocation.colour, invocation.redactor)
      .Summary(run.record, ComputeCoverage(run.record), told);
  invocation.out.flush();
  return trouble.empty();
}

}  // namespace conform
