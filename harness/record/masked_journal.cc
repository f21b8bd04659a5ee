#include "record/masked_journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/in_order.h"
#include "record/atomic_file.h"
#include "record/write_error.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

class OpenJournal {
 public:
  OpenJournal(const fs::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW)) {}
  OpenJournal(const OpenJournal&) = delete;
  OpenJournal& operator=(const OpenJournal&) = delete;
  ~OpenJournal() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// Reads a file by stretches of whole lines: no secret stands in two of them.
class LineStretches {
 public:
  /// Those of the file as it is now.
  explicit LineStretches(int descriptor)
      : descriptor_(descriptor), size_(::lseek(descriptor, 0, SEEK_END)) {
    if (size_ < 0) error_ = errno;
  }

  /// False at the end of the file, or where reading met an error.
  bool Next(std::string& stretch) {
    stretch = std::exchange(rest_, {});
    std::size_t end = std::string::npos;
    while (end == std::string::npos && ReadMore(stretch)) end = stretch.rfind('\n');
    if (end != std::string::npos) {
      rest_ = stretch.substr(end + 1);
      stretch.resize(end + 1);
    }
    return error_ == 0 && !stretch.empty();
  }
  off_t size() const { return size_; }  ///< of the file.
  off_t read() const { return read_; }  ///< bytes of it.
  int error() const { return error_; }  ///< errno; 0: none.

 private:
  bool ReadMore(std::string& stretch) {
    constexpr off_t kAtOnce = off_t{1} << 20;
    const std::size_t held = stretch.size();
    const auto wanted =
        static_cast<std::size_t>(std::min(kAtOnce, std::max<off_t>(size_ - read_, 0)));
    stretch.resize(held + wanted);
    ssize_t got = -1;
    do {
      got = ::pread(descriptor_, stretch.data() + held, wanted, read_);
    } while (got < 0 && errno == EINTR);
    if (got < 0) error_ = errno;
    got = std::max<ssize_t>(got, 0);
    stretch.resize(held + static_cast<std::size_t>(got));
    read_ += got;
    return got > 0;
  }

  int descriptor_;
  off_t size_;
  off_t read_ = 0;
  int error_ = 0;
  std::string rest_;
};

/// The lines that begin at these bytes of the file, whole; nothing where it cannot be read.
std::optional<std::string> LinesBeginningIn(int descriptor, std::size_t begin, std::size_t end) {
  constexpr std::size_t kMore = std::size_t{16} * 1024;
  std::string bytes;
  const std::size_t from = begin == 0 ? 0 : begin - 1;  // a line end there begins a line
  bool at_end = false;
  const auto read = [&](std::size_t wanted) {
    const std::size_t held = bytes.size();
    bytes.resize(held + wanted);
    ssize_t got = -1;
    do {
      got = ::pread(descriptor, bytes.data() + held, wanted, static_cast<off_t>(from + held));
    } while (got < 0 && errno == EINTR);
    at_end = got <= 0;
    bytes.resize(held + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got >= 0;
  };
  while (bytes.size() < end - from && !at_end) {
    if (!read(end - from - bytes.size())) return std::nullopt;
  }
  const std::size_t line_end = begin == 0 ? std::string::npos : bytes.find('\n');
  if (begin > 0 && line_end == std::string::npos) return std::string();
  const std::size_t first = begin == 0 ? 0 : line_end + 1;
  // A line that begins as the stretch ends is the next one's.
  while (!bytes.empty() && bytes.back() != '\n' && !at_end) {
    const std::size_t held = bytes.size();
    if (!read(kMore)) return std::nullopt;
    const std::size_t last = bytes.find('\n', held);
    if (last != std::string::npos) bytes.resize(last + 1);
  }
  return bytes.substr(std::min(first, bytes.size()));
}

/// What masking makes of a journal.
struct MaskedSize {
  off_t bytes = 0;
  bool differs = false;
};

Expected<MaskedSize> Measure(const fs::path& path, const Redactor& redactor) {
  const OpenJournal journal(path, O_RDONLY);
  LineStretches lines(journal.descriptor());
  MaskedSize size;
  for (std::string stretch; lines.Next(stretch);) {
    const std::string masked = redactor.Redact(stretch);
    size.bytes += static_cast<off_t>(masked.size());
    size.differs = size.differs || masked != stretch;
  }
  if (lines.error() == 0) return size;
  return Fail(fmt::format("cannot read {}", path.string()));
}

Expected<void> Replace(const fs::path& path, const Redactor& redactor) {
  const OpenJournal journal(path, O_RDONLY);
  auto masked = AtomicFile::Create(path, redactor);
  if (!masked) return tl::unexpected(masked.error());
  LineStretches lines(journal.descriptor());
  for (std::string stretch; lines.Next(stretch);) {
    if (auto written = masked->Write(stretch); !written) return written;
  }
  if (lines.error() != 0) return Fail(fmt::format("cannot read {}", path.string()));
  return masked->Commit();
}

/// Never past what was read, and only once there is room for all of it. 0, or an errno.
int WriteOver(int descriptor, const MaskedSize& size, const Redactor& redactor) {
  LineStretches lines(descriptor);
  if (lines.size() < size.bytes) {
    const off_t more = size.bytes - lines.size();
    if (const int number = ::posix_fallocate(descriptor, lines.size(), more)) return number;
  }
  std::string pending;
  off_t written = 0;
  const auto write = [&](std::size_t bytes) {
    if (::lseek(descriptor, written, SEEK_SET) < 0) return errno;
    const int number = WriteAll(descriptor, std::string_view(pending).substr(0, bytes));
    pending.erase(0, bytes);
    written += static_cast<off_t>(bytes);
    return number;
  };
  for (std::string stretch; lines.Next(stretch);) {
    pending += redactor.Redact(stretch);
    const auto room = static_cast<std::size_t>(lines.read() - written);
    if (const int number = write(std::min(pending.size(), room))) return number;
  }
  if (lines.error() != 0) return lines.error();
  if (const int number = write(pending.size())) return number;
  return ::ftruncate(descriptor, written) == 0 ? 0 : errno;
}

}  // namespace

Expected<bool> IsMasked(const fs::path& path, const Redactor& redactor) {
  constexpr std::size_t kStretch = std::size_t{128} * 1024;
  const OpenJournal journal(path, O_RDONLY);
  const off_t size = ::lseek(journal.descriptor(), 0, SEEK_END);
  bool is_read = size >= 0;
  bool is_masked = true;
  MakeInOrder(
      static_cast<std::size_t>(std::max<off_t>(size, 0)), kStretch,
      [&](std::size_t begin, std::size_t end) -> std::optional<bool> {
        const auto lines = LinesBeginningIn(journal.descriptor(), begin, end);
        if (!lines) return std::nullopt;
        return redactor.Redact(*lines) == *lines;
      },
      [&](std::optional<bool> stretch) {
        is_read = stretch.has_value();
        is_masked = stretch.value_or(false);
        return is_masked;
      });
  if (is_read) return is_masked;
  return Fail(fmt::format("cannot read {}", path.string()));
}

Expected<void> MaskJournal(const fs::path& path, const Redactor& redactor) {
  const auto size = Measure(path, redactor);
  if (!size) return tl::unexpected(size.error());
  if (!size->differs) return {};
  auto replaced = Replace(path, redactor);
  if (replaced) return {};
  const OpenJournal journal(path, O_RDWR);
  return WriteOver(journal.descriptor(), *size, redactor) == 0 ? Expected<void>() : replaced;
}

}  // namespace conform
