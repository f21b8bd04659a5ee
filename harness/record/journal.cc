#include "record/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "base/in_order.h"
#include "record/run_record_json.h"
#include "record/write_error.h"

namespace conform {

Journal::Journal(std::filesystem::path path, int descriptor, const Redactor& redactor)
    : path_(std::move(path)), descriptor_(descriptor), redactor_(redactor) {}

Journal::~Journal() {
  static_cast<void>(Flush());
  ::close(descriptor_);
}

Expected<std::unique_ptr<Journal>> Journal::Create(const std::filesystem::path& path,
                                                   const RunHeader& header,
                                                   const PlannedTests& planned,
                                                   const Redactor& redactor) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) return tl::unexpected(DescribeWriteError(path, errno));
  std::unique_ptr<Journal> journal(new Journal(path, descriptor, redactor));
  // Some network file systems have no locks: only one that is held says that another run is on.
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return Fail(fmt::format(
        "cannot write {}: another run writes to it now; wait for its end, or give another folder "
        "with --out",
        path.string()));
  }
  if (::ftruncate(descriptor, 0) != 0) return tl::unexpected(DescribeWriteError(path, errno));
  std::string line =
      fmt::format("{{\"format\":{},\"planned\":{},\"header\":", kRecordFormat, planned.count);
  AppendJson(header, line);
  line += "}\n";
  redactor.RedactInPlace(line);
  if (auto written = journal->Write(line); !written) {
    return tl::unexpected(written.error());
  }
  if (auto written = journal->AppendPlanned(planned); !written) {
    return tl::unexpected(written.error());
  }
  return journal;
}

Expected<void> Journal::AppendPlanned(const PlannedTests& planned) {
  constexpr std::size_t kTestsInStretch = 256;
  Expected<void> all;
  MakeInOrder(
      planned.count, kTestsInStretch,
      [&](std::size_t begin, std::size_t end) {
        std::string lines;
        for (std::size_t i = begin; i < end; ++i) {
          lines += "{\"planned\":";
          AppendJson(planned.at(i), lines);
          lines += "}\n";
        }
        redactor_.RedactInPlace(lines);
        return lines;
      },
      [&](const std::string& lines) {
        all = Write(lines);
        return all.has_value();
      });
  return all;
}

Expected<void> Journal::Begin(std::string_view test_id) {
  // An id is made of names that need no escape.
  std::string line = "{\"begun\":\"";
  line.append(test_id).append("\"}\n");
  redactor_.RedactInPlace(line);
  return Write(line);
}

std::string Journal::LineOf(const TestRecord& test, const JudgedLists::Text* judged) const {
  constexpr std::size_t kUsual = 2'048;
  std::string line;
  line.reserve(kUsual);
  line += kJournalTestStart;
  AppendJson(test, line, judged == nullptr ? std::string_view() : judged->key);
  line += "}\n";
  const bool tells_judged = judged == nullptr && !test.verdict.judged.empty();
  if (!test.masked_of || tells_judged) redactor_.RedactInPlace(line);
  return line;
}

JournalPlace Journal::Append(std::string_view line, const JudgedLists::Text* judged) {
  constexpr std::size_t kAround = kJournalTestStart.size() + 2;  // and `}\n`
  const std::lock_guard lock(mutex_);
  if (judged != nullptr && told_lists_.insert(judged).second) {
    const std::string told = fmt::format("{{\"judged_list\":{{\"{}\":{}}}}}\n", judged->key,
                                         redactor_.Redact(judged->json));
    waiting_ += told;
    size_ += told.size();
  }
  const JournalPlace place{size_ + kJournalTestStart.size(), line.size() - kAround};
  waiting_ += line;
  size_ += line.size();
  return place;
}

Expected<void> Journal::Flush() { return Write(""); }

Expected<void> Journal::Finish(std::chrono::microseconds duration) {
  return Write(fmt::format("{{\"end\":{{\"duration_us\":{}}}}}\n", duration.count()));
}

Expected<void> Journal::Write(std::string_view masked) {
  std::uint64_t end = 0;
  {
    const std::lock_guard lock(mutex_);
    waiting_ += masked;
    end = size_ += masked.size();
  }
  return WriteThrough(end);
}

/// Whoever waited for its turn finds its lines written by another as often as not.
Expected<void> Journal::WriteThrough(std::uint64_t end) {
  const std::lock_guard writing(writing_);
  if (written_ >= end) return {};
  std::string lines;
  {
    const std::lock_guard lock(mutex_);
    lines.swap(waiting_);
  }
  const int number = WriteAll(descriptor_, lines);
  if (number == 0) {
    written_ += lines.size();
    return {};
  }
  // Half a line would join the next one; where this fails too, reading says which line is spoilt.
  [[maybe_unused]] const int truncated =
      ::ftruncate(descriptor_, static_cast<off_t>(written_.load()));
  const std::lock_guard lock(mutex_);
  waiting_.insert(0, lines);
  return tl::unexpected(DescribeWriteError(path_, number));
}

}  // namespace conform
