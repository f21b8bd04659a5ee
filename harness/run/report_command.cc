#include <fmt/format.h>

#include "record/atomic_file.h"
#include "record/journal.h"
#include "report/junit.h"
#include "run/command.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct ReportFlags {
  std::string run = "reports";
  std::string out;
};

void Report(const ReportFlags& flags, Invocation& invocation) {
  std::error_code ignored;
  const fs::path run(flags.run);
  const fs::path journal = fs::is_directory(run, ignored) ? run / "journal.jsonl" : run;
  const Expected<RunRecord> record = ReadJournal(journal);
  if (!record) {
    invocation.Refuse(record.error().message);
    return;
  }
  const fs::path junit =
      (flags.out.empty() ? journal.parent_path() : fs::path(flags.out)) / "junit.xml";
  if (const auto written = ReplaceFile(junit, RenderJunit(*record)); !written) {
    invocation.err << "conform: " << written.error().message << '\n';
    invocation.exit_code = ExitCode::kCouldNotTell;
    return;
  }
  invocation.out << fmt::format("{}: {} tests{}\n", junit.string(), record->tests.size(),
                                record->complete ? "" : "; the run was cut off and did not finish");
}

}  // namespace

void AddReportCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ReportFlags>();
  CLI::App* command =
      app.add_subcommand("report", "Write the reports of a run again, also of one that was killed");
  command->add_option("RUN", flags->run, "A journal, or the folder it lies in (default: reports)");
  command->add_option("--out", flags->out, "Folder for the reports (default: beside the journal)")
      ->type_name("DIR");
  command->footer("Example: conform report reports");
  command->callback([flags, &invocation] { Report(*flags, invocation); });
}

}  // namespace conform
