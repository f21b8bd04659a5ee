#include "record/run_record_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

#include "record/atomic_file.h"
#include "record/journal.h"
#include "record/journal_file.h"
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
  auto record = ReadRunRecord(file);
  if (!record) return Fail(fmt::format("{}: {}", path.string(), record.error().message));
  return record;
}

}  // namespace

Expected<void> StreamRunRecord(const RunRecord& record, const fs::path& journal,
                               const std::function<Expected<void>(std::string_view)>& write) {
  const JournalFile kept(journal);
  std::string text = fmt::format("{{\"format\":{},\"header\":", kRecordFormat);
  AppendJson(record.header, text);
  text += fmt::format(",\"duration_us\":{},\"complete\":{},\"tests\":[", record.duration.count(),
                      record.complete);
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    const TestRecord& test = record.tests[i];
    text += i == 0 ? "\n" : ",\n";
    if (test.in_journal.bytes == 0) {
      AppendJson(test, text);
    } else if (const auto read = kept.AppendText(test, text); !read) {
      return tl::unexpected(read.error());
    }
    if (text.size() < kWriteAtOnce) continue;
    if (auto written = write(text); !written) return written;
    text.clear();
  }
  text += "\n]}\n";
  return write(text);
}

Expected<void> WriteRunRecord(const RunRecord& record, const fs::path& journal,
                              const fs::path& path, const Redactor& redactor) {
  auto file = AtomicFile::Create(path, redactor);
  if (!file) return tl::unexpected(file.error());
  auto written =
      StreamRunRecord(record, journal, [&](std::string_view bytes) { return file->Write(bytes); });
  if (!written) return written;
  return file->Commit();
}

EvidenceReader LoadedRecord::Evidence() const {
  return journal.empty() ? EvidenceOf(record) : EvidenceIn(journal, record);
}

Expected<void> HoldAllEvidence(LoadedRecord& loaded) {
  const EvidenceReader evidence = loaded.Evidence();
  for (std::size_t i = 0; i < loaded.record.tests.size(); ++i) {
    auto test = evidence(i);
    if (!test) return tl::unexpected(test.error());
    test->in_journal = {};
    loaded.record.tests[i] = *std::move(test);
  }
  return {};
}

Expected<LoadedRecord> LoadRunRecord(const fs::path& run) {
  std::error_code ignored;
  fs::path file = run;
  if (fs::is_directory(run, ignored)) {
    file = run / kJournalName;
    if (!fs::exists(file, ignored) && fs::exists(run / kRunRecordName, ignored)) {
      file = run / kRunRecordName;
    }
  }
  const bool is_journal = file.extension() != ".json";
  auto record = is_journal ? ReadJournal(file) : ReadRunRecordFile(file);
  if (!record) return tl::unexpected(record.error());
  return LoadedRecord{*std::move(record), is_journal ? file : fs::path()};
}

}  // namespace conform
