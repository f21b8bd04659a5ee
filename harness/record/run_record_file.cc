#include "record/run_record_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "record/atomic_file.h"
#include "record/journal.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWriteAtOnce = std::size_t{1} << 16;

Expected<RunRecord> ReadRunRecordFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return Fail(
        fmt::format("cannot read {}: {}", path.string(), std::generic_category().message(errno)));
  }
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto json = ParseJson(text);
  if (!json) return Fail(fmt::format("{}: {}", path.string(), json.error().message));
  auto record = ReadRunRecord(*json);
  if (!record) return Fail(fmt::format("{}: {}", path.string(), record.error().message));
  return record;
}

}  // namespace

Expected<void> WriteRunRecord(const RunRecord& record, const fs::path& path) {
  auto file = AtomicFile::Create(path);
  if (!file) return tl::unexpected(file.error());
  std::string text = fmt::format("{{\"format\":{},\"header\":", kRecordFormat);
  AppendJson(record.header, text);
  text += fmt::format(",\"duration_us\":{},\"complete\":{},\"tests\":[", record.duration.count(),
                      record.complete);
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    text += i == 0 ? "\n" : ",\n";
    AppendJson(record.tests[i], text);
    if (text.size() < kWriteAtOnce) continue;
    if (auto written = file->Write(text); !written) return written;
    text.clear();
  }
  text += "\n]}\n";
  if (auto written = file->Write(text); !written) return written;
  return file->Commit();
}

Expected<RunRecord> LoadRunRecord(const fs::path& run) {
  std::error_code ignored;
  fs::path file = run;
  if (fs::is_directory(run, ignored)) {
    file = run / kJournalName;
    if (!fs::exists(file, ignored) && fs::exists(run / kRunRecordName, ignored)) {
      file = run / kRunRecordName;
    }
  }
  return file.extension() == ".json" ? ReadRunRecordFile(file) : ReadJournal(file);
}

}  // namespace conform
