#include "base/source_text.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "base/utf8.h"

namespace conform {
namespace {

constexpr std::size_t kBlock = 256;

/// Closes its file when it goes.
class OpenFile {
 public:
  /// Never waits: a pipe without a writer would keep us for ever.
  explicit OpenFile(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string DescribeErrno(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return "no such file";
    case EACCES:
      return "cannot be read: permission denied";
    case EISDIR:
      return "is a directory";
    case ENXIO:
    case ENODEV:
      return "is not a regular file";
    default:
      break;
  }
  std::string reason = std::generic_category().message(number);
  if (!reason.empty() && reason[0] >= 'A' && reason[0] <= 'Z') {
    reason[0] = static_cast<char>(reason[0] - 'A' + 'a');
  }
  return "cannot be read: " + reason;
}

std::string DescribeSize(std::size_t bytes) {
  constexpr std::size_t kMiB = std::size_t{1024} * 1024;
  if (bytes >= kMiB && bytes % kMiB == 0) return fmt::format("{} MiB", bytes / kMiB);
  return fmt::format("{} bytes", bytes);
}

/// Reads to the end, but no more than one byte over `max_bytes`.
Expected<std::string> ReadBytes(int descriptor, std::size_t expected, std::size_t max_bytes) {
  std::string bytes;
  std::size_t used = 0;
  while (used <= max_bytes) {
    if (used == bytes.size()) {
      // The first try has room for the whole file and for the end to be seen.
      const std::size_t grown = used == 0 ? expected + 1 : used * 2 + 4096;
      bytes.resize(std::min(grown, max_bytes + 1));
    }
    const ssize_t count = ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Fail(DescribeErrno(errno));
    used += static_cast<std::size_t>(count);
    // A file that gives as much as it said, and less than was asked for, has no more.
    if (count == 0 || (used == expected && used < bytes.size())) break;
  }
  bytes.resize(used);
  return bytes;
}

Expected<std::string> ReadFile(const std::filesystem::path& path, std::size_t max_bytes) {
  const OpenFile file(path);
  if (file.descriptor() < 0) return Fail(DescribeErrno(errno));
  struct stat facts {};
  if (::fstat(file.descriptor(), &facts) != 0) return Fail(DescribeErrno(errno));
  if (S_ISDIR(facts.st_mode)) return Fail("is a directory");
  if (!S_ISREG(facts.st_mode)) return Fail("is not a regular file");
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size > max_bytes) {
    return Fail(
        fmt::format("is {} bytes; files over {} are not read", size, DescribeSize(max_bytes)));
  }
  auto bytes = ReadBytes(file.descriptor(), size, max_bytes);
  // It grew while it was read, or it is one of the kernel's, whose size is told as 0.
  if (bytes && bytes->size() > max_bytes) {
    return Fail(fmt::format("is over {}; such files are not read", DescribeSize(max_bytes)));
  }
  return bytes;
}

std::string DescribeMalformed(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("is not UTF-8 text: byte {} on line {}; save it as UTF-8", at - line_start + 1,
                     line);
}

Expected<std::string> Read(const std::filesystem::path& path, std::size_t max_bytes,
                           SourceText::Content content) {
  auto bytes = ReadFile(path, max_bytes);
  if (!bytes || content == SourceText::Content::kBytes) return bytes;
  if (const auto malformed = FindMalformedUtf8(*bytes)) {
    return Fail(DescribeMalformed(*bytes, *malformed));
  }
  if (bytes->starts_with("\xEF\xBB\xBF")) bytes->erase(0, 3);
  return bytes;
}

std::string ShownPath(const std::filesystem::path& path) {
  if (path.is_relative()) return path.string();
  std::error_code failure;
  const std::filesystem::path here = std::filesystem::current_path(failure);
  if (failure) return path.string();
  const std::string relative = path.lexically_relative(here).string();
  return !relative.empty() && relative.size() < path.native().size() ? relative : path.string();
}

}  // namespace

SourceText::SourceText(std::string path, std::string text, Content content)
    : path_(std::move(path)), content_(content), text_(new std::string(std::move(text))) {
  if (content == Content::kBytes) return;
  const std::string_view read = *text_.load();
  const bool ascii = std::all_of(read.begin(), read.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < read.size(); at += kBlock) {
    characters_before_.push_back(characters);
    characters += CountCharacters(read.substr(at, kBlock));
  }
}

SourceText::~SourceText() { delete text_.load(); }

const std::string& SourceText::text() const {
  const std::string* held = text_.load(std::memory_order_acquire);
  return held != nullptr ? *held : Reread();
}

std::string SourceText::Digest() const {
  const std::string* held = text_.load(std::memory_order_acquire);
  const bool released = held == nullptr || digest_ != std::array<char, kSha256Bytes>{};
  return released ? Hex({digest_.data(), digest_.size()}) : Sha256Hex(*held);
}

void SourceText::Release() const {
  const std::string* held = text_.exchange(nullptr);
  if (held == nullptr) return;
  if (digest_ == std::array<char, kSha256Bytes>{}) {  // what is read again may be another file
    const std::string digest = Sha256(*held);
    std::copy(digest.begin(), digest.end(), digest_.begin());
  }
  delete held;
}

/// Of several threads that come at once, one keeps what it read.
const std::string& SourceText::Reread() const {
  auto read = Read(path_, kMaxSourceBytes, content_);
  const bool same = read && Sha256(*read) == std::string_view(digest_.data(), digest_.size());
  auto fresh = std::make_unique<const std::string>(same ? *std::move(read) : std::string());
  const std::string* held = nullptr;
  if (text_.compare_exchange_strong(held, fresh.get(), std::memory_order_acq_rel)) {
    held = fresh.release();
  }
  return *held;
}

Expected<std::shared_ptr<const SourceText>> SourceText::Load(const std::filesystem::path& path,
                                                             std::size_t max_bytes,
                                                             Content content) {
  auto text = Read(path, max_bytes, content);
  if (!text) return tl::unexpected(text.error());
  return std::make_shared<const SourceText>(ShownPath(path), *std::move(text), content);
}

const std::vector<std::uint32_t>& SourceText::LineStarts() const {
  std::call_once(counted_, [this] {
    const std::string& read = text();
    line_starts_.push_back(0);
    for (std::size_t at = read.find('\n'); at != std::string::npos; at = read.find('\n', at + 1)) {
      line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
    }
  });
  return line_starts_;
}

std::string_view SourceText::Line(int line) const {
  const std::vector<std::uint32_t>& starts = LineStarts();
  if (line < 1 || static_cast<std::size_t>(line) > starts.size()) return {};
  const std::string_view whole = text();
  const std::size_t start = starts[static_cast<std::size_t>(line) - 1];
  const std::size_t end = static_cast<std::size_t>(line) < starts.size()
                              ? starts[static_cast<std::size_t>(line)] - 1
                              : whole.size();
  if (std::max(start, end) > whole.size()) return {};  // counted before the file changed
  std::string_view found = whole.substr(start, end - start);
  if (found.ends_with('\r')) found.remove_suffix(1);
  return found;
}

int SourceText::Column(int line, std::size_t byte_in_line) const {
  const std::vector<std::uint32_t>& starts = LineStarts();
  if (line < 1 || static_cast<std::size_t>(line) > starts.size()) return 1;
  return ColumnFrom(starts[static_cast<std::size_t>(line) - 1], byte_in_line);
}

int SourceText::ColumnFrom(std::size_t line_start, std::size_t byte_in_line) const {
  const std::size_t size = text().size();
  if (line_start > size) return 1;
  const std::size_t end = line_start + std::min(byte_in_line, size - line_start);
  return static_cast<int>(CharactersBefore(end) - CharactersBefore(line_start)) + 1;
}

std::size_t SourceText::CharactersBefore(std::size_t byte) const {
  if (characters_before_.empty()) return byte;
  const std::size_t block = std::min(byte / kBlock, characters_before_.size() - 1);
  const std::size_t block_start = block * kBlock;
  return characters_before_[block] +
         CountCharacters(std::string_view(text()).substr(block_start, byte - block_start));
}

}  // namespace conform
