#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/count_text.h"
#include "record/journal.h"
#include "record/merge.h"
#include "record/run_record_file.h"
#include "run/command.h"
#include "run/run_bundle.h"
#include "run/run_reports.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct ReportFlags {
  std::vector<std::string> runs;
  bool merge = false;
  std::string out;  ///< empty: beside the run.
  std::vector<std::string> formats = ReportOptions().formats;
  std::string baseline;  ///< empty: none.
  BundleOptions bundle;
};

/// Nothing where it cannot be read; then that was told.
std::optional<LoadedRecord> LoadOrTell(const std::string& run, Invocation& invocation) {
  auto record = LoadRunRecord(run);
  if (record) return *std::move(record);
  invocation.Refuse(record.error().message);
  return std::nullopt;
}

/// Whether a bundle is asked for that would not hold the evidence of every test; then that was
/// told.
bool LacksEvidence(const RunRecord& record, const std::string& run, const BundleOptions& bundle,
                   Invocation& invocation) {
  if (bundle.file.empty()) return false;
  const auto whole = RequireEvidence(record, run);
  if (!whole) invocation.Refuse(whole.error().message);
  return !whole;
}

/// False: it cannot be read, and that was told.
bool LoadBaseline(const ReportFlags& flags, std::optional<LoadedRecord>& baseline,
                  Invocation& invocation) {
  if (flags.baseline.empty()) return true;
  baseline = LoadOrTell(flags.baseline, invocation);
  return baseline.has_value();
}

/// Where the run lies.
std::string OwnFolder(const std::string& run) {
  std::error_code ignored;
  return fs::is_directory(run, ignored) ? run : fs::path(run).parent_path().string();
}

/// Where the reports go.
std::string FolderOf(const std::string& run, const ReportFlags& flags) {
  return flags.out.empty() ? OwnFolder(run) : flags.out;
}

/// Whether the run is still going on. Its end writes into its own folder.
bool GoesOn(const LoadedRecord& loaded) {
  return !loaded.record.complete && !loaded.journal.empty() && IsBeingWritten(loaded.journal);
}

/// The renderings alone: how the run ended was told when it did.
void Report(const std::string& run, const ReportFlags& flags, Invocation& invocation) {
  const auto loaded = LoadOrTell(run, invocation);
  if (!loaded || LacksEvidence(loaded->record, run, flags.bundle, invocation)) return;
  std::optional<LoadedRecord> baseline;
  if (!LoadBaseline(flags, baseline, invocation)) return;
  ReportOptions options;
  options.folder = FolderOf(run, flags);
  const bool goes_on = GoesOn(*loaded);
  if (!MayWriteReports(options.folder, invocation)) return;
  options.writes_record = !loaded->journal.empty();
  options.of_new_run = false;
  std::error_code failed;
  fs::create_directories(options.folder, failed);  // what fails is told by the first write
  options.bundle = flags.bundle;
  options.formats = flags.formats;
  std::vector<std::string> reports;
  const FinishedRun finished{loaded->record, loaded->Evidence(), loaded->journal,
                             baseline ? &baseline->record : nullptr};
  if (const auto written = WriteReports(finished, Conclude(loaded->record, finished.baseline),
                                        options, invocation.redactor, reports);
      !written) {
    invocation.CannotTell(written.error().message);
  }
  const RunRecord& record = loaded->record;
  for (const std::string& report : reports) {
    invocation.out << fmt::format("{}: {}{}\n", report, CountOf(record.tests.size(), "test"),
                                  record.complete ? ""
                                  : goes_on       ? "; the run is still going on"
                                                  : "; the run was cut off and did not finish");
  }
}

/// Whether `folder` is that of a shard, whose own record would be written over; then that was told.
bool IsOfShard(const std::string& folder, const ReportFlags& flags, Invocation& invocation) {
  std::error_code ignored;
  const auto of_shard =
      std::find_if(flags.runs.begin(), flags.runs.end(), [&](const std::string& run) {
        const std::string own = OwnFolder(run);
        return fs::equivalent(own.empty() ? "." : own, folder, ignored);
      });
  if (of_shard == flags.runs.end()) return false;
  invocation.Refuse(fmt::format("--out {}: the shard {} lies there; give a folder of its own",
                                folder, *of_shard));
  return true;
}

void Merge(const ReportFlags& flags, Invocation& invocation) {
  if (IsOfShard(flags.out, flags, invocation) || !MayWriteReports(flags.out, invocation)) return;
  std::optional<LoadedRecord> baseline;
  if (!LoadBaseline(flags, baseline, invocation)) return;
  std::vector<RunRecord> shards;
  for (const std::string& run : flags.runs) {
    auto shard = LoadOrTell(run, invocation);
    if (!shard || LacksEvidence(shard->record, run, flags.bundle, invocation)) return;
    // Attempts that the record does not hold cannot be copied from several journals.
    if (auto whole = HoldAllEvidence(*shard); !whole) {
      invocation.Refuse(whole.error().message);
      return;
    }
    shards.push_back(std::move(shard->record));
  }
  const Expected<RunRecord> merged = MergeShards(std::move(shards));
  if (!merged) {
    invocation.Refuse(merged.error().message);
    return;
  }
  std::error_code failed;
  fs::create_directories(flags.out, failed);  // what fails is told by the first write
  ReportOptions options;
  options.folder = flags.out;
  options.bundle = flags.bundle;
  options.formats = flags.formats;
  FinishRun({*merged, EvidenceOf(*merged), {}, baseline ? &baseline->record : nullptr}, options, "",
            invocation);
}

void ReportAll(const ReportFlags& flags, Invocation& invocation) {
  const std::string run = flags.runs.empty() ? "reports" : flags.runs.front();
  const auto checked = PrepareBundle(flags.bundle, FolderOf(run, flags));
  if (!checked) {
    invocation.Refuse(checked.error().message);
    return;
  }
  WarnOfExposedKey(flags.bundle, invocation.err);
  if (flags.merge && (flags.runs.empty() || flags.out.empty())) {
    invocation.Refuse("--merge: name the run of every shard, and a folder with --out");
  } else if (flags.merge) {
    Merge(flags, invocation);
  } else if (flags.runs.size() > 1) {
    invocation.Refuse("more than one RUN: did you mean --merge?");
  } else {
    Report(run, flags, invocation);
  }
}

}  // namespace

void AddReportCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ReportFlags>();
  CLI::App* command =
      app.add_subcommand("report", "Write the reports of a run again, also of one that was killed");
  command->add_option("RUN", flags->runs,
                      "A run.json, a journal, or their folder (default: reports)");
  command->add_flag("--merge", flags->merge,
                    "The runs are the shards of one: report and judge them as one");
  command->add_option("--out", flags->out, "Folder for the reports (default: beside the run)")
      ->type_name("DIR");
  AddFormatsFlag(*command, "--format", flags->formats);
  command
      ->add_option("--baseline", flags->baseline, "An earlier run: its failures are told as known")
      ->type_name("RUN");
  AddBundleFlags(*command, flags->bundle);
  command->footer(
      "Exit: 0 written, whatever the run found; 2 bad usage or file, 3 not written.\n"
      "With --merge the exit code is that of the whole run.\n"
      "Example: conform report reports");
  command->callback([flags, &invocation] { ReportAll(*flags, invocation); });
}

}  // namespace conform
