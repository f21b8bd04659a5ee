#include "record/journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "record/run_record_json.h"
#include "record/write_error.h"

namespace conform {

Journal::Journal(std::filesystem::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

Journal& Journal::operator=(Journal&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

Journal::~Journal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<Journal> Journal::Create(const std::filesystem::path& path, const RunHeader& header) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) return tl::unexpected(DescribeWriteError(path, errno));
  Journal journal(path, descriptor);
  // Some network file systems have no locks: only one that is held says that another run is on.
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return Fail(fmt::format(
        "cannot write {}: another run writes to it now; wait for its end, or give another folder "
        "with --out",
        path.string()));
  }
  if (::ftruncate(descriptor, 0) != 0) return tl::unexpected(DescribeWriteError(path, errno));
  std::string line = fmt::format("{{\"format\":{},\"header\":", kRecordFormat);
  AppendJson(header, line);
  if (auto written = journal.AppendLine(line + "}"); !written) {
    return tl::unexpected(written.error());
  }
  return journal;
}

Expected<void> Journal::Append(const TestRecord& test) {
  std::string line = "{\"test\":";
  AppendJson(test, line);
  line += '}';
  return AppendLine(line);
}

Expected<void> Journal::Finish(std::chrono::microseconds duration) {
  return AppendLine(fmt::format(R"({{"end":{{"duration_us":{}}}}})", duration.count()));
}

Expected<void> Journal::AppendLine(std::string_view line) {
  std::string bytes(line);
  bytes += '\n';
  const int number = WriteAll(descriptor_, bytes);
  if (number == 0) {
    size_ += bytes.size();
    return {};
  }
  // Half a line would join the next one; where this fails too, reading says which line is spoilt.
  [[maybe_unused]] const int truncated = ::ftruncate(descriptor_, static_cast<off_t>(size_));
  return tl::unexpected(DescribeWriteError(path_, number));
}

}  // namespace conform
