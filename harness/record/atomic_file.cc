#include "record/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/digest.h"
#include "record/write_error.h"

namespace conform {
namespace {

tl::unexpected<Error> WriteFailure(const std::filesystem::path& path, int number) {
  return tl::unexpected(DescribeWriteError(path, number));
}

/// A new file beside `path`, whose name goes to `beside`; -1 and errno where there can be none. Not
/// mkstemp's: that one's mode is for the owner alone, and the mask of other files is asked of the
/// whole process, whose other threads make files too.
int MakeBeside(const std::filesystem::path& path, std::string& beside) {
  constexpr int kTries = 16;
  int descriptor = -1;
  for (int i = 0; i < kTries && descriptor < 0 && (i == 0 || errno == EEXIST); ++i) {
    beside = path.parent_path() /
             fmt::format(".{}.{}", path.filename().string(), RandomUuid().substr(0, 8));
    descriptor = ::open(beside.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  }
  return descriptor;
}

/// Makes the rename last through a loss of power. Where a file system cannot, nothing is lost but
/// that.
void SyncFolder(const std::filesystem::path& path) {
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Writes to the descriptor, and has the disk begin with it meanwhile: of a large file the wait at
/// its end is as long as all else that is written then.
ByteSink::Writer WriterTo(int descriptor) {
  constexpr std::size_t kBytesAtOnce = std::size_t{1} << 20;
  return [descriptor, waiting = std::size_t{0}](std::string_view bytes) mutable {
    const int number = WriteAll(descriptor, bytes);
    waiting += bytes.size();
    if (number == 0 && waiting >= kBytesAtOnce) {
      constexpr off_t kToTheEnd = 0;
      ::sync_file_range(descriptor, 0, kToTheEnd, SYNC_FILE_RANGE_WRITE);
      waiting = 0;
    }
    return number;
  };
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path, std::string beside, int descriptor)
    : path_(std::move(path)), beside_(std::move(beside)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      beside_(std::move(other.beside_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      sink_(std::move(other.sink_)) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(beside_, other.beside_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(sink_, other.sink_);
  return *this;
}

AtomicFile::~AtomicFile() { Discard(); }

Expected<AtomicFile> AtomicFile::Create(const std::filesystem::path& path,
                                        const Redactor& redactor) {
  auto file = Open(path);
  if (!file) return file;
  file->sink_ = std::make_unique<ByteSink>(&redactor, WriterTo(file->descriptor_));
  return file;
}

Expected<AtomicFile> AtomicFile::Open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return WriteFailure(path, EISDIR);
  std::string beside;
  const int descriptor = MakeBeside(path, beside);
  if (descriptor < 0) return WriteFailure(path, errno);
  return AtomicFile(path, std::move(beside), descriptor);
}

Expected<void> AtomicFile::Write(std::string_view bytes) {
  const int number = sink_ ? sink_->Write(bytes) : WriteAll(descriptor_, bytes);
  if (number != 0) return WriteFailure(path_, number);
  return {};
}

Expected<void> AtomicFile::WriteMasked(std::string_view bytes) {
  const int number = sink_ ? sink_->WriteMasked(bytes) : WriteAll(descriptor_, bytes);
  if (number != 0) return WriteFailure(path_, number);
  return {};
}

Expected<void> AtomicFile::Commit() {
  int number = sink_ ? sink_->Finish() : 0;
  if (number == 0 && ::fsync(descriptor_) != 0) number = errno;
  // A network's file system may tell of a full disk only here.
  if (::close(std::exchange(descriptor_, -1)) != 0 && number == 0) number = errno;
  if (number == 0 && ::rename(beside_.c_str(), path_.c_str()) != 0) number = errno;
  if (number != 0) {
    ::unlink(beside_.c_str());
    return WriteFailure(path_, number);
  }
  SyncFolder(path_);
  return {};
}

void AtomicFile::Discard() {
  if (descriptor_ < 0) return;
  ::close(std::exchange(descriptor_, -1));
  ::unlink(beside_.c_str());
}

Expected<void> ReplaceFile(const std::filesystem::path& path, std::string_view bytes,
                           const Redactor& redactor) {
  auto file = AtomicFile::Create(path, redactor);
  if (!file) return tl::unexpected(file.error());
  if (auto written = file->Write(bytes); !written) return written;
  return file->Commit();
}

Expected<void> ReplaceUnchanged(const std::filesystem::path& path, std::string_view bytes,
                                const Redactor& redactor) {
  if (redactor.Holds(bytes)) {
    return Fail(fmt::format("{} is not written: a secret of this run stands in it", path.string()));
  }
  auto file = AtomicFile::Open(path);
  if (!file) return tl::unexpected(file.error());
  if (auto written = file->Write(bytes); !written) return written;
  return file->Commit();
}

}  // namespace conform
