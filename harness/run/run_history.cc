#include "run/run_history.h"

#include <fmt/format.h>

#include <cstdlib>

#include "history/history_chain.h"
#include "history/keep_run.h"
#include "history/run_store.h"
#include "run/exchange_record.h"
#include "run/previous_record.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A variable that holds an absolute path, as the XDG Base Directory Specification asks.
fs::path AbsoluteVariable(const char* name) {
  const char* value = std::getenv(name);
  fs::path path(value == nullptr ? "" : value);
  return path.is_absolute() ? path : fs::path();
}

Expected<fs::path> PlaceOf(const HistoryOptions& options) {
  const fs::path path = options.file.empty() ? DefaultHistoryFile() : fs::path(options.file);
  if (path.empty()) {
    return Fail("no history: neither XDG_STATE_HOME nor HOME is set; name a file with --history");
  }
  return path;
}

}  // namespace

void AddHistoryFlags(CLI::App& command, HistoryOptions& options, bool optional) {
  CLI::Option* file =
      command
          .add_option("--history", options.file,
                      "Where runs are kept (default: $XDG_STATE_HOME/conform/history.sqlite)")
          ->type_name("FILE");
  if (!optional) return;
  command.add_flag("--no-history", options.off, "Keep nothing of this run")->excludes(file);
}

fs::path DefaultHistoryFile() {
  fs::path folder = AbsoluteVariable("XDG_STATE_HOME");
  if (folder.empty()) {
    const fs::path home = AbsoluteVariable("HOME");
    if (home.empty()) return {};
    folder = home / ".local" / "state";
  }
  return folder / "conform" / "history.sqlite";
}

Expected<std::unique_ptr<HistoryFile>> OpenHistory(const HistoryOptions& options) {
  const auto path = PlaceOf(options);
  if (!path) return tl::unexpected(path.error());
  return HistoryFile::Open(*path);
}

Expected<std::unique_ptr<HistoryFile>> OpenKeptHistory(const HistoryOptions& options) {
  std::error_code ignored;
  if (!options.file.empty() && !fs::exists(options.file, ignored)) {
    return Fail(fmt::format("--history {}: no such file", options.file));
  }
  const auto path = PlaceOf(options);
  if (!path) return tl::unexpected(path.error());
  return HistoryFile::OpenToRead(*path);
}

Expected<KeptRun> KeepFinished(const FinishedRun& run, const fs::path& folder, ExitCode exit_code,
                               const Redactor& redactor) {
  std::string sha256 = DigestOfPrevious(folder);
  // What could not be written left the record of the run before.
  if (sha256 == run.record.header.previous_sha256) sha256.clear();
  const std::size_t known = redactor.CountKnown();
  const EvidenceReader evidence = [&](std::size_t index) {
    Expected<TestRecord> test = run.evidence(index);
    // What a later test learnt may stand in what this one saw.
    if (test && run.record.tests[index].masked_of != known) RedactRecord(redactor, *test);
    return test;
  };
  auto kept = KeepRun(run.record, evidence, static_cast<int>(exit_code), sha256);
  if (kept) kept->editions = run.editions;
  return kept;
}

std::unique_ptr<RunKeeper> RunKeeper::Open(const HistoryOptions& options, Invocation& invocation) {
  std::unique_ptr<RunKeeper> keeper(new RunKeeper(!options.file.empty(), invocation));
  if (options.off) return keeper;
  auto file = OpenHistory(options);
  if (file) {
    keeper->file_ = *std::move(file);
  } else if (options.file.empty()) {
    keeper->trouble_ = file.error().message;
  } else {
    invocation.Refuse(file.error());
    return nullptr;
  }
  return keeper;
}

std::string RunKeeper::Head() {
  if (file_ == nullptr) return "";
  const auto head = FindHead(*file_);
  return head && *head ? RenderHead(**head) : "";
}

void RunKeeper::Keep(const FinishedRun& run, const fs::path& folder) {
  if (run.record.tests.empty()) return;
  if (file_ != nullptr) {
    const auto kept = KeepFinished(run, folder, invocation_.exit_code, invocation_.redactor);
    const auto added = kept ? RunStore(*file_).Add(*kept)
                            : Expected<std::int64_t>(tl::unexpected<Error>(kept.error()));
    if (!added) trouble_ = added.error().message;
  }
  if (trouble_.empty()) return;
  invocation_.err << fmt::format("conform: this run is not kept: {}\n", trouble_);
  if (named_ && invocation_.exit_code == ExitCode::kConforms) {
    invocation_.exit_code = ExitCode::kCouldNotTell;
    // After the last line of the run, which named the code of its verdict.
    invocation_.out << "exit code 3: could not tell (the run could not be kept)\n";
  }
}

}  // namespace conform
