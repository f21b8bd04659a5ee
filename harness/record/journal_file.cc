#include "record/journal_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "record/run_record_json.h"

namespace conform {

JournalFile::JournalFile(const std::filesystem::path& path)
    : path_(path.string()), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

JournalFile::~JournalFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<std::string> JournalFile::ReadText(const TestRecord& test) const {
  std::string text(test.in_journal.bytes, '\0');
  std::size_t got = 0;
  while (got < text.size()) {
    const ssize_t read = ::pread(descriptor_, text.data() + got, text.size() - got,
                                 static_cast<off_t>(test.in_journal.offset + got));
    if (read <= 0) return Changed(test);
    got += static_cast<std::size_t>(read);
  }
  return text;
}

Expected<TestRecord> JournalFile::ReadTest(const TestRecord& test) const {
  const auto text = ReadText(test);
  if (!text) return tl::unexpected(text.error());
  const auto json = ParseJson(*text);
  if (!json) return Changed(test);
  auto read = ReadTestRecord(*json);
  if (!read || read->Id() != test.Id()) return Changed(test);
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
