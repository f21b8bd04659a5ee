#include "record/journal_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "record/judged_table.h"
#include "record/run_record_json.h"

namespace conform {

JournalFile::JournalFile(const std::filesystem::path& path)
    : path_(path.string()), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

JournalFile::~JournalFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<std::string> JournalFile::ReadAt(std::uint64_t offset, std::size_t size) const {
  if (descriptor_ < 0) return std::string();
  std::string bytes(size, '\0');
  std::size_t got = 0;
  while (got < size) {
    const ssize_t read =
        ::pread(descriptor_, bytes.data() + got, size - got, static_cast<off_t>(offset + got));
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) {
      return Fail(fmt::format("cannot read {}: {}", path_, std::generic_category().message(errno)));
    }
    if (read == 0) break;
    got += static_cast<std::size_t>(read);
  }
  bytes.resize(got);
  return bytes;
}

Expected<TestRecord> JournalFile::ReadTest(const TestRecord& test) const {
  const auto text = ReadAt(test.in_journal.offset, test.in_journal.bytes);
  if (!text) return tl::unexpected(text.error());
  const auto json = ParseJson(*text);
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

Expected<void> JournalTexts::AppendTo(std::string& text, const TestRecord& test) {
  constexpr std::size_t kStretch = std::size_t{64} * 1024;
  const auto [offset, bytes] = test.in_journal;
  if (offset < begin_ || offset + bytes > begin_ + held_.size()) {
    auto read = file_.ReadAt(offset, std::max<std::size_t>(bytes, kStretch));
    if (!read) return tl::unexpected(read.error());
    held_ = *std::move(read);
    begin_ = offset;
  }
  if (held_.size() < bytes) return file_.Changed(test);
  text.append(held_, offset - begin_, bytes);
  return {};
}

bool HoldsEvidence(const TestRecord& test) {
  return std::all_of(test.exchanges.begin(), test.exchanges.end(),
                     [](const ExchangeRecord& exchange) { return !exchange.attempts.empty(); });
}

}  // namespace conform
