#include "run/run_operands.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "base/digest.h"
#include "history/keep_run.h"
#include "history/run_difference_text.h"
#include "history/run_store.h"
#include "record/evidence_reader.h"
#include "record/run_record_file.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

Expected<KeptRun> ReadRecord(const std::string& place) {
  const auto loaded = LoadRunRecord(place);
  if (!loaded) return tl::unexpected(loaded.error());
  if (auto whole = RequireEvidence(loaded->record, place); !whole) {
    return tl::unexpected(whole.error());
  }
  std::error_code ignored;
  const fs::path file =
      fs::is_directory(place, ignored) ? fs::path(place) / kRunRecordName : fs::path(place);
  std::string sha256;
  if (file.extension() == ".json") {
    std::ifstream stream(file, std::ios::binary);
    if (stream) sha256 = Sha256Hex(stream);
  }
  const auto code = static_cast<int>(Conclude(loaded->record).code);
  return KeepRun(loaded->record, loaded->Evidence(), code, sha256);
}

Expected<KeptRun> ReadKept(const std::string& place, const HistoryOptions& history) {
  const std::string_view text = std::string_view(place).substr(1);
  std::int64_t number = 0;
  if (!text.empty()) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size() || number == 0) {
      return Fail(
          fmt::format("{}: write @ for the newest run, @-1 for the one before it, @17 for "
                      "run 17",
                      place));
    }
  }
  auto file = OpenKeptHistory(history);
  if (!file) return tl::unexpected(file.error());
  RunStore store(**file);
  if (number > 0) return store.Load(number);
  const auto found = store.FindNewest(static_cast<std::size_t>(-number));
  if (!found) return tl::unexpected(found.error());
  if (!*found) {
    return Fail(fmt::format("{}: {} has not so many runs", place, (*file)->path().string()));
  }
  return store.Load(**found);
}

}  // namespace

Expected<KeptRun> ReadRunOperand(const std::string& place, const HistoryOptions& history) {
  return place.starts_with('@') ? ReadKept(place, history) : ReadRecord(place);
}

void TellRunDifference(const std::string& before, const std::string& now, const std::string& form,
                       const HistoryOptions& history, Invocation& invocation) {
  const auto old_run = ReadRunOperand(before, history);
  if (!old_run) return invocation.Refuse(old_run.error());
  const auto new_run = ReadRunOperand(now, history);
  if (!new_run) return invocation.Refuse(new_run.error());
  const RunDifference difference = DiffRuns(*old_run, *new_run);
  invocation.out << RenderRunDifference({*old_run, *new_run, before, now, difference}, form);
  if (!difference.changes.empty()) invocation.exit_code = ExitCode::kNonconformance;
}

}  // namespace conform
