#include "record/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "base/in_order.h"
#include "base/json_text.h"
#include "base/start_threads.h"
#include "record/run_record_json.h"
#include "record/write_error.h"

namespace conform {

bool IsBeingWritten(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(descriptor);
  return held;
}

Journal::Journal(std::filesystem::path path, int descriptor, const Redactor& redactor)
    : path_(std::move(path)), descriptor_(descriptor), redactor_(redactor) {}

Journal::~Journal() {
  {
    const std::lock_guard lock(mutex_);
    has_writer_ = false;
  }
  something_.notify_one();
  for (std::thread& each : writer_) each.join();
  static_cast<void>(Flush());
  ::close(descriptor_);
}

Expected<std::unique_ptr<Journal>> Journal::Open(const std::filesystem::path& path,
                                                 const Redactor& redactor) {
  // A link that a stranger put there would have another file overwritten; reports replace theirs.
  const int descriptor =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor < 0 && errno == ELOOP) {
    return Fail(
        fmt::format("cannot write {}: it is a link; remove it, or give another folder with "
                    "--out",
                    path.string()));
  }
  if (descriptor < 0) return tl::unexpected(DescribeWriteError(path, errno));
  std::unique_ptr<Journal> journal(new Journal(path, descriptor, redactor));
  // Some network file systems have no locks: only one that is held says that another run is on.
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return Fail(fmt::format(
        "cannot write {}: another run writes to it now; wait for its end, or give another folder "
        "with --out",
        path.string()));
  }
  return journal;
}

Expected<void> Journal::WritePlan(const RunHeader& header, const PlannedTests& planned) {
  Expected<void> written;
  if (::ftruncate(descriptor_, 0) != 0) written = tl::unexpected(DescribeWriteError(path_, errno));
  if (written) written = WriteHeader(header, planned.count);
  if (written) written = AppendPlanned(planned);
  const std::lock_guard lock(mutex_);
  if (!written) {
    waiting_.clear();
    size_ = written_;
    return written;
  }
  is_planned_ = has_writer_ = true;
  writer_ = StartThreads(1, [this] { WriteWhatWaits(); });
  if (writer_.empty()) has_writer_ = false;
  if (!before_plan_.empty()) Add(std::exchange(before_plan_, {}));
  return written;
}

Expected<void> Journal::WriteHeader(const RunHeader& header, std::size_t planned) {
  std::string line =
      fmt::format("{{\"format\":{},\"planned\":{},\"header\":", kRecordFormat, planned);
  AppendJson(header, line);
  line += "}\n";
  redactor_.RedactInPlace(line);
  return Write(line);
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

std::string Journal::BegunLine(std::string_view test_id) const {
  // An id is made of names that need no escape.
  std::string line = "{\"begun\":\"";
  line.append(test_id).append("\"}\n");
  redactor_.RedactInPlace(line);
  return line;
}

Expected<void> Journal::Begin(std::string_view test_id) { return Write(BegunLine(test_id)); }

Expected<void> Journal::BeginSoon(std::string_view test_id) {
  const std::string line = BegunLine(test_id);
  {
    const std::lock_guard lock(mutex_);
    if (!is_planned_) {
      before_plan_ += line;
      return {};
    }
    if (has_writer_) {
      Add(line);
      return {};
    }
  }
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
    Add(fmt::format("{{\"judged_list\":{{\"{}\":{}}}}}\n", judged->key,
                    redactor_.Redact(judged->json)));
  }
  const JournalPlace place{size_ + kJournalTestStart.size(), line.size() - kAround};
  Add(line);
  return place;
}

Expected<void> Journal::Flush() { return Write(""); }

Expected<void> Journal::Finish(std::chrono::microseconds duration,
                               const std::vector<std::string>& secret_files) {
  std::string line = fmt::format("{{\"end\":{{\"duration_us\":{}", duration.count());
  if (!secret_files.empty()) {
    line += ",\"secret_files\":" + WriteJsonText(nlohmann::json(secret_files));
  }
  return Write(redactor_.Redact(line + "}}\n"));
}

/// The file's size once it is written. Call with mutex_ held.
std::uint64_t Journal::Add(std::string_view masked) {
  if (waiting_.empty() && has_writer_) something_.notify_one();
  waiting_ += masked;
  return size_ += masked.size();
}

Expected<void> Journal::Write(std::string_view masked) {
  std::unique_lock lock(mutex_);
  const std::uint64_t end = Add(masked);
  lock.unlock();
  return WriteThrough(end);
}

/// Whoever waited for its turn finds its lines written by another as often as not.
Expected<void> Journal::WriteThrough(std::uint64_t end) {
  const std::lock_guard writing(writing_);
  if (written_ >= end) return {};
  {
    const std::lock_guard lock(mutex_);
    lines_.swap(waiting_);
  }
  const int number = WriteAll(descriptor_, lines_);
  if (number == 0) {
    written_ += lines_.size();
    lines_.clear();
    return {};
  }
  // Half a line would join the next one; where this fails too, reading says which line is spoilt.
  [[maybe_unused]] const int truncated =
      ::ftruncate(descriptor_, static_cast<off_t>(written_.load()));
  const std::lock_guard lock(mutex_);
  waiting_.insert(0, lines_);
  lines_.clear();
  // From now on whoever begins a test writes for itself, and hears why it cannot.
  has_writer_ = false;
  return tl::unexpected(DescribeWriteError(path_, number));
}

/// Until there is no writer any more.
void Journal::WriteWhatWaits() {
  std::unique_lock lock(mutex_);
  while (has_writer_) {
    something_.wait(lock, [this] { return !has_writer_ || !waiting_.empty(); });
    something_.wait_for(lock, kJournalDelay, [this] { return !has_writer_; });
    if (!has_writer_) return;
    const std::uint64_t end = size_;
    lock.unlock();
    // Where it fails, the next that writes is told.
    static_cast<void>(WriteThrough(end));
    lock.lock();
  }
}

}  // namespace conform
