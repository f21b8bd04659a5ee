#include "record/write_error.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace conform {
namespace {

struct Cause {
  int number;
  std::string_view says;  ///< `{}` is the folder.
};

constexpr std::string_view kOtherFolder = "or write to another folder";

constexpr std::array<Cause, 9> kCauses = {{
    {ENOENT, "there is no folder {}; create it,"},
    {ENOTDIR, "{} is no folder; remove what stands there,"},
    {EACCES, "writing to {} is not permitted; change its mode or owner,"},
    {EPERM, "writing to {} is not permitted; change its mode or owner,"},
    {EROFS, "{} is on a file system that is read-only; mount it for writing,"},
    {EISDIR, "a folder stands there; remove it,"},
    {EFBIG, "it would be larger than files may be here; raise that limit,"},
    {ENOSPC, "no space is left on the device of {}; free some,"},
    {EDQUOT, "the disk quota at {} is used up; free some,"},
}};

}  // namespace

int WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

Error DescribeWriteError(const std::filesystem::path& path, int number) {
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const auto* cause =
      std::find_if(kCauses.begin(), kCauses.end(),
                   [number](const Cause& candidate) { return candidate.number == number; });
  const std::string why = cause == kCauses.end()
                              ? std::generic_category().message(number) + "; mend that,"
                              : fmt::format(fmt::runtime(cause->says), folder);
  return Error{fmt::format("cannot write {}: {} {}", path.string(), why, kOtherFolder)};
}

}  // namespace conform
