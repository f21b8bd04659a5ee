#include "record/journal_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "record/judged_table.h"
#include "record/run_record_json.h"

namespace conform {

JournalFile::JournalFile(const std::filesystem::path& path)
    : path_(path.string()), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

JournalFile::~JournalFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<void> JournalFile::AppendText(const TestRecord& test, std::string& text) const {
  std::size_t got = text.size();
  auto offset = static_cast<off_t>(test.in_journal.offset);
  text.resize(text.size() + test.in_journal.bytes);
  while (got < text.size()) {
    const ssize_t read = ::pread(descriptor_, text.data() + got, text.size() - got, offset);
    if (read <= 0) return Changed(test);
    got += static_cast<std::size_t>(read);
    offset += read;
  }
  return {};
}

Expected<TestRecord> JournalFile::ReadTest(const TestRecord& test) const {
  std::string text;
  if (const auto appended = AppendText(test, text); !appended) {
    return tl::unexpected(appended.error());
  }
  const auto json = ParseJson(text);
  if (!json) return Changed(test);
  JudgedTable elsewhere;  // what was judged is held in memory
  auto read = ReadTestRecord(*json, &elsewhere);
  if (!read || read->Id() != test.Id()) return Changed(test);
  read->verdict.judged = test.verdict.judged;
  return read;
}

tl::unexpected<Error> JournalFile::Changed(const TestRecord& test) const {
  return Fail(fmt::format("{} no longer holds what was recorded of {}: another run replaced it",
                          path_, test.Id()));
}

bool HoldsEvidence(const TestRecord& test) {
  return std::all_of(test.exchanges.begin(), test.exchanges.end(),
                     [](const ExchangeRecord& exchange) { return !exchange.attempts.empty(); });
}

}  // namespace conform
