#include "run/run_flag_check.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "base/duration.h"
#include "run/run_bundle.h"

namespace conform {
namespace {

/// Who needs the evidence of every test, where it is not kept; empty: nobody.
std::string FindEvidenceTrouble(const RunFlags& flags) {
  if (flags.options.evidence != kFailedAlone) return "";
  if (!flags.options.reports.bundle.file.empty()) {
    return "--bundle holds the evidence of every test: leave --evidence out";
  }
  if (!flags.history.off) {
    return "--evidence failed keeps nothing of what tests that pass see, which the history "
           "compares: give --no-history as well, and no --history";
  }
  return "";
}

/// What is wrong with the reports that are asked for, whose bundle gets its folder; empty: nothing.
std::string FindReportTrouble(const ReportOptions& reports) {
  if (const auto checked = PrepareBundle(reports.bundle, reports.folder); !checked) {
    return checked.error().message;
  }
  std::error_code ignored;
  std::filesystem::path there = std::filesystem::absolute(reports.folder, ignored);
  while (there.has_relative_path() && !std::filesystem::exists(there, ignored)) {
    there = there.parent_path();
  }
  const char* const trouble = !std::filesystem::is_directory(there, ignored) ? "is no folder"
                              : ::access(there.c_str(), W_OK | X_OK) != 0 ? "cannot be written to"
                                                                          : nullptr;
  if (trouble == nullptr) return "";
  return fmt::format("--out {}: {} {}; give another folder for the reports", reports.folder,
                     there.string(), trouble);
}

}  // namespace

std::string FindFlagTrouble(const RunFlags& flags) {
  const std::string trouble = FindEvidenceTrouble(flags);
  return trouble.empty() ? FindReportTrouble(flags.options.reports) : trouble;
}

std::optional<std::chrono::milliseconds> ReadDuration(const char* flag, const std::string& text,
                                                      const char* such_as, Invocation& invocation) {
  if (text.empty()) return std::chrono::milliseconds(0);
  const auto duration = ParseDuration(text);
  if (!duration) {
    invocation.Refuse(fmt::format("{} {}: write a duration such as {}", flag, text, such_as));
  }
  return duration;
}

std::optional<std::chrono::milliseconds> ReadPatience(const std::string& text,
                                                      Invocation& invocation) {
  // As the help shows the default, which is no duration elsewhere.
  return ReadDuration("--patience", text == "0s" ? "" : text, "15m", invocation);
}

}  // namespace conform
