#include "run/run_reports.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "record/atomic_file.h"
#include "record/coverage.h"
#include "record/run_record_file.h"
#include "report/console.h"
#include "report/junit.h"

namespace conform {

void FinishRun(const RunRecord& record, const std::filesystem::path& folder, std::string trouble,
               Invocation& invocation) {
  std::vector<std::string> reports;
  const auto note = [&](const std::filesystem::path& path, const Expected<void>& written) {
    if (written) {
      reports.push_back(path.string());
    } else if (trouble.empty()) {
      trouble = written.error().message;
    }
  };
  const std::filesystem::path junit = folder / "junit.xml";
  note(junit, ReplaceFile(junit, RenderJunit(record)));
  const std::filesystem::path run = folder / kRunRecordName;
  note(run, WriteRunRecord(record, run));

  const bool nothing_ran =
      std::all_of(record.tests.begin(), record.tests.end(),
                  [](const TestRecord& test) { return test.verdict.outcome == Outcome::kNotRun; });
  if (!trouble.empty() && nothing_ran && record.header.selected > 0) {
    // What was not written, and why, is all there is to tell.
    invocation.err << fmt::format("conform: {}; nothing was sent\n", trouble);
    invocation.exit_code = ExitCode::kCouldNotTell;
    return;
  }
  const RunConclusion conclusion = Conclude(record);
  invocation.exit_code = conclusion.code;
  std::string meaning(NameOf(conclusion.code));
  if (!conclusion.reasons.empty()) {
    meaning += fmt::format(" ({})", fmt::join(conclusion.reasons, "; "));
  }
  if (!trouble.empty()) {
    // A verdict that could not be written down is no pass, and a failure is one all the same.
    if (conclusion.code == ExitCode::kConforms) {
      invocation.exit_code = ExitCode::kCouldNotTell;
      meaning = "could not tell (the reports could not be written)";
    }
    invocation.err << "conform: " << trouble << '\n';
  }
  Console(invocation.out, invocation.colour)
      .Summary(record, ComputeCoverage(record),
               {static_cast<int>(invocation.exit_code), meaning, reports});
  invocation.out.flush();
}

}  // namespace conform
