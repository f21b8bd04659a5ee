// How a run ends: its reports are written, and the console tells what they come to.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "record/evidence_reader.h"
#include "record/run_record.h"
#include "report/conclusion.h"
#include "run/command.h"

namespace conform {

/// The archive to write besides, and who vouches for it.
struct BundleOptions {
  std::string file;  ///< empty: none.
  std::string key;   ///< private key, PEM; empty: unsigned.
  std::string tsa;   ///< empty: not time stamped.
};

/// Where reports go, and which.
struct ReportOptions {
  std::string folder = "reports";
  std::vector<std::string> formats = {"junit", "html", "summary"};
  bool writes_record = true;  ///< run.json, which is not made again from itself.
  bool of_new_run = true;     ///< what is not chosen goes, which another run left in the folder.
  BundleOptions bundle;
};

/// `flag` takes FORMAT,…; `all` stands for each. What stands in `formats` is told as the default.
void AddFormatsFlag(CLI::App& command, const std::string& flag, std::vector<std::string>& formats);

/// A record with what its renderings are made of.
struct FinishedRun {
  const RunRecord& record;
  EvidenceReader evidence;
  std::filesystem::path journal;  ///< where attempts are that the record does not hold; or empty.
  const RunRecord* baseline = nullptr;  ///< an earlier run to compare with, or null.
  bool is_written = true;               ///< so are its journal and all of its reports.
  std::string editions = {};            ///< NameEditions of it.
};

/// What a conclusion says, as reports show it.
Conclusion Describe(const RunConclusion& conclusion);

/// False, and told, where a run is going on in `folder`: its reports come there as it ends.
bool MayWriteReports(const std::filesystem::path& folder, Invocation& invocation);

/// Writes run.json, the formats chosen and the bundle, each whole or not at all. The paths of what
/// was written go to `reports`; the error is the first of those that could not be. A journal beside
/// run.json that is not this run's goes: whoever reads the folder would take it for the run.
Expected<void> WriteReports(const FinishedRun& run, const RunConclusion& conclusion,
                            const ReportOptions& options, Redactor& redactor,
                            std::vector<std::string>& reports);

/// WriteReports, then tells the summary and sets the exit code. `trouble`: why something could not
/// be written before; empty: nothing. Whether all was written.
bool FinishRun(const FinishedRun& run, const ReportOptions& options, std::string trouble,
               Invocation& invocation);

}  // namespace conform
