#include "notify/sending_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/digest.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// The byte that stands for a receiver. Two of one byte would only wait for each other.
off_t ByteOf(const std::string& receiver) {
  constexpr std::size_t kBytes = 7;  // of an off_t that is not negative
  off_t byte = 0;
  for (const char c : Sha256(receiver).substr(0, kBytes)) {
    byte = byte * 256 + static_cast<unsigned char>(c);
  }
  return byte;
}

/// Whoever may write the history may lock it. -1: the file cannot be opened.
int OpenLock(const fs::path& file, const fs::path& history) {
  struct stat status {};
  const mode_t mode = ::stat(history.c_str(), &status) == 0 ? status.st_mode & 0666U : 0600U;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, mode);
  // The mask of new files may have cut it; of another's file it stays as it is.
  if (descriptor >= 0) static_cast<void>(::fchmod(descriptor, mode));
  return descriptor;
}

}  // namespace

Expected<std::optional<SendingLock>> SendingLock::Take(const fs::path& history,
                                                       const std::string& receiver) {
  const fs::path file = history.string() + "-sending";
  const int descriptor = OpenLock(file, history);
  if (descriptor < 0) {
    return Fail(fmt::format("{}: cannot be opened: {}", file.string(), std::strerror(errno)));
  }
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  whole.l_start = ByteOf(receiver);
  whole.l_len = 1;
  if (::fcntl(descriptor, F_OFD_SETLK, &whole) == 0) {
    return std::optional<SendingLock>(SendingLock(descriptor));
  }
  const int failed = errno;
  ::close(descriptor);
  if (failed == EAGAIN || failed == EACCES) return std::optional<SendingLock>();
  return Fail(fmt::format("{}: cannot be locked: {}", file.string(), std::strerror(failed)));
}

SendingLock::SendingLock(SendingLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

SendingLock& SendingLock::operator=(SendingLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

SendingLock::~SendingLock() {
  // The file stays: to remove it would let two runs hold two files of one name.
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace conform
