#include "record/run_record_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <map>
#include <string>
#include <system_error>

#include "record/atomic_file.h"
#include "record/journal.h"
#include "record/journal_file.h"
#include "record/judged_lists.h"
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

/// Each list that tests judged, once, by its key.
void AppendJudgedLists(const RunRecord& record, const JudgedLists* known, JudgedLists& lists,
                       std::string& text) {
  std::map<std::string_view, std::string_view> by_key;
  const JudgedLists::Text* last = nullptr;
  for (const TestRecord& test : record.tests) {
    if (test.verdict.judged.empty()) continue;
    const JudgedLists::Text* list = known == nullptr ? nullptr : known->TextOf(test.verdict.judged);
    if (list == nullptr) list = lists.Learn(test.verdict.judged);
    if (list != last) by_key.emplace(list->key, list->json);
    last = list;
  }
  if (by_key.empty()) return;
  text += fmt::format(",\"{}\":", kJudgedListsKey);
  char separator = '{';
  for (const auto& [key, json] : by_key) {
    text += fmt::format("{}\n\"{}\":{}", separator, key, json);
    separator = ',';
  }
  text += "\n}";
}

}  // namespace

Expected<void> StreamRunRecord(const RunRecord& record, const fs::path& journal,
                               const RecordWriter& write, const JudgedLists* known) {
  const JournalFile kept(journal);
  std::optional<std::uint32_t> masked_of;
  std::string text = fmt::format("{{\"format\":{},\"header\":", kRecordFormat);
  AppendJson(record.header, text);
  text +=
      fmt::format(",\"duration_us\":{},\"complete\":{}", record.duration.count(), record.complete);
  JudgedLists lists;
  AppendJudgedLists(record, known, lists, text);
  text += ",\"tests\":[";
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    const TestRecord& test = record.tests[i];
    if (text.size() >= kWriteAtOnce || test.masked_of != masked_of) {
      if (auto written = write(text, masked_of); !written) return written;
      text.clear();
      masked_of = test.masked_of;
    }
    text += i == 0 ? "\n" : ",\n";
    if (test.in_journal.bytes == 0) {
      AppendJson(test, text, known == nullptr ? &lists : known);
    } else if (const auto read = kept.AppendText(test, text); !read) {
      return tl::unexpected(read.error());
    }
  }
  text += "\n]}\n";
  return write(text, masked_of);
}

Expected<void> WriteRunRecord(const RunRecord& record, const fs::path& journal,
                              const fs::path& path, const Redactor& redactor,
                              const JudgedLists* known) {
  auto file = AtomicFile::Create(path, redactor);
  if (!file) return tl::unexpected(file.error());
  // Most of it was masked by all that is known now: what the run learnt, it learnt early.
  const std::size_t secrets = redactor.CountKnown();
  const RecordWriter write = [&](std::string_view bytes, std::optional<std::uint32_t> masked_of) {
    return masked_of == secrets ? file->WriteMasked(bytes) : file->Write(bytes);
  };
  auto written = StreamRunRecord(record, journal, write, known);
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
