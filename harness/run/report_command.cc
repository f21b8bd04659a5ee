#include <fmt/format.h>

#include "record/atomic_file.h"
#include "record/merge.h"
#include "record/run_record_file.h"
#include "report/junit.h"
#include "run/command.h"
#include "run/run_reports.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct ReportFlags {
  std::vector<std::string> runs;
  bool merge = false;
  std::string out;
};

void Report(const fs::path& run, const std::string& out, Invocation& invocation) {
  const Expected<RunRecord> record = LoadRunRecord(run);
  if (!record) {
    invocation.Refuse(record.error().message);
    return;
  }
  std::error_code ignored;
  const fs::path beside = fs::is_directory(run, ignored) ? run : run.parent_path();
  const fs::path junit = (out.empty() ? beside : fs::path(out)) / "junit.xml";
  if (const auto written = ReplaceFile(junit, RenderJunit(*record)); !written) {
    invocation.err << "conform: " << written.error().message << '\n';
    invocation.exit_code = ExitCode::kCouldNotTell;
    return;
  }
  invocation.out << fmt::format("{}: {} tests{}\n", junit.string(), record->tests.size(),
                                record->complete ? "" : "; the run was cut off and did not finish");
}

void Merge(const ReportFlags& flags, Invocation& invocation) {
  std::vector<RunRecord> shards;
  for (const std::string& run : flags.runs) {
    auto shard = LoadRunRecord(run);
    if (!shard) {
      invocation.Refuse(shard.error().message);
      return;
    }
    shards.push_back(*std::move(shard));
  }
  const Expected<RunRecord> merged = MergeShards(std::move(shards));
  if (!merged) {
    invocation.Refuse(merged.error().message);
    return;
  }
  std::error_code failed;
  fs::create_directories(flags.out, failed);  // what fails is told by the first write
  FinishRun(*merged, flags.out, "", invocation);
}

void ReportAll(const ReportFlags& flags, Invocation& invocation) {
  if (flags.merge && (flags.runs.empty() || flags.out.empty())) {
    invocation.Refuse("--merge: name the run of every shard, and a folder with --out");
  } else if (flags.merge) {
    Merge(flags, invocation);
  } else if (flags.runs.size() > 1) {
    invocation.Refuse("more than one RUN: did you mean --merge?");
  } else {
    Report(flags.runs.empty() ? "reports" : flags.runs.front(), flags.out, invocation);
  }
}

}  // namespace

void AddReportCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ReportFlags>();
  CLI::App* command =
      app.add_subcommand("report", "Write the reports of a run again, also of one that was killed");
  command->add_option(
      "RUN", flags->runs,
      "A run.json, a journal, or the folder they lie in (default: reports); with --merge several");
  command->add_flag("--merge", flags->merge,
                    "The runs are the shards of one: report and judge them as one");
  command->add_option("--out", flags->out, "Folder for the reports (default: beside the run)")
      ->type_name("DIR");
  command->footer(
      "With --merge the exit code is that of the whole run.\n"
      "Example: conform report reports");
  command->callback([flags, &invocation] { ReportAll(*flags, invocation); });
}

}  // namespace conform
