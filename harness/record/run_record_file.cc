#include "record/run_record_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <functional>
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

/// Lists of judged clauses by their keys, as JSON.
using JudgedTexts = std::map<std::string, std::string, std::less<>>;

/// The key by which a test's JSON names what it judged; empty: it does not. Quotation marks inside
/// of a text are escaped, so that the member stands nowhere else.
std::string_view FindJudgedKey(std::string_view test) {
  constexpr std::string_view kMember = "\"judged\":\"";
  const std::size_t at = test.find(kMember);
  if (at == std::string_view::npos) return {};
  const std::string_view key = test.substr(at + kMember.size());
  return key.substr(0, key.find('"'));
}

/// Notes the list that the test names by `key`.
void Note(std::string_view key, const TestRecord& test, JudgedTexts& judged) {
  if (key.empty() || judged.find(key) != judged.end()) return;
  AppendJson(test.verdict.judged, judged[std::string(key)]);
}

std::string Render(const JudgedTexts& judged) {
  if (judged.empty()) return "";
  std::string text = fmt::format(",\"{}\":", kJudgedListsKey);
  char separator = '{';
  for (const auto& [key, json] : judged) {
    text += fmt::format("{}\n\"{}\":{}", separator, key, json);
    separator = ',';
  }
  return text + "\n}";
}

/// What comes before the tests. It lists every file: room that grew by doubling would be the most
/// of what a large run's reports need.
std::string HeadOf(const RunRecord& record) {
  constexpr std::size_t kAFile = 150;
  std::string head;
  head.reserve(kWriteAtOnce + record.header.files.size() * kAFile);
  head += fmt::format("{{\"format\":{},\"header\":", kRecordFormat);
  AppendJson(record.header, head);
  head += fmt::format(",\"duration_us\":{},\"complete\":{},\"tests\":[", record.duration.count(),
                      record.complete);
  return head;
}

}  // namespace

Expected<void> StreamRunRecord(const RunRecord& record, const fs::path& journal,
                               const RecordWriter& write) {
  JournalTexts kept(journal);
  JudgedLists lists;
  JudgedTexts judged;
  std::optional<std::uint32_t> masked_of;
  if (auto written = write(HeadOf(record), masked_of); !written) return written;
  std::string text;
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    const TestRecord& test = record.tests[i];
    const bool in_journal = test.in_journal.bytes > 0;
    const auto as_line = record.journal_masked_of ? record.journal_masked_of : test.masked_of;
    const auto of = in_journal ? as_line : std::nullopt;
    if (text.size() >= kWriteAtOnce || of != masked_of) {
      if (auto written = write(text, masked_of); !written) return written;
      text.clear();
      masked_of = of;
    }
    text += i == 0 ? "\n" : ",\n";
    const std::size_t begin = text.size();
    if (!in_journal) {
      const JudgedLists::Text* const list = lists.Learn(test.verdict.judged);
      AppendJson(test, text, list == nullptr ? std::string_view() : list->key);
    } else if (const auto read = kept.AppendTo(text, test); !read) {
      return tl::unexpected(read.error());
    }
    Note(FindJudgedKey(std::string_view(text).substr(begin)), test, judged);
  }
  if (auto written = write(text, masked_of); !written) return written;
  return write("\n]" + Render(judged) + "}\n", std::nullopt);
}

Expected<void> WriteRunRecord(const RunRecord& record, const fs::path& journal,
                              const fs::path& path, const Redactor& redactor) {
  auto file = AtomicFile::Create(path, redactor);
  if (!file) return tl::unexpected(file.error());
  // Most of it was masked by all that is known now: what the run learnt, it learnt early.
  const std::size_t secrets = redactor.CountKnown();
  const RecordWriter write = [&](std::string_view bytes, std::optional<std::uint32_t> masked_of) {
    return masked_of == secrets ? file->WriteMasked(bytes) : file->Write(bytes);
  };
  auto written = StreamRunRecord(record, journal, write);
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
  // It is read more than once; and a pipe that nobody fills would be waited for without end.
  if (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored)) {
    return Fail(fmt::format("{} is not a regular file", file.string()));
  }
  const bool is_journal = file.extension() != ".json";
  auto record = is_journal ? ReadJournal(file) : ReadRunRecordFile(file);
  if (!record) return tl::unexpected(record.error());
  return LoadedRecord{*std::move(record), is_journal ? file : fs::path()};
}

}  // namespace conform
