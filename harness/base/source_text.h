// A file that can say which line a place is on; held in memory, or read again when asked for.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/error.h"

namespace conform {

/// A stretch of one line. Lines and columns are 1-based; columns count characters (code points),
/// not bytes. Line 0 means the file as a whole.
struct Span {
  int line = 0;
  int column = 0;
  int length = 1;
};

/// The largest file read whole: case, contract and profile files are a few kilobytes.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{4} * 1024 * 1024;

class SourceText {
 public:
  enum class Content {
    kText,   ///< UTF-8; a byte order mark is dropped.
    kBytes,  ///< whatever it holds, as it stands: nobody asks it for lines and columns.
  };

  SourceText(std::string path, std::string text, Content content = Content::kText);
  ~SourceText();
  SourceText(const SourceText&) = delete;
  SourceText& operator=(const SourceText&) = delete;

  /// Reads a file of at most `max_bytes`. Errors: absent, a directory or other non-file,
  /// unreadable, too large, no UTF-8 where it shall be text (says at which byte).
  static Expected<std::shared_ptr<const SourceText>> Load(const std::filesystem::path& path,
                                                          std::size_t max_bytes = kMaxSourceBytes,
                                                          Content content = Content::kText);

  /// As it is shown to people: relative to the working directory where that is shorter.
  const std::string& path() const { return path_; }
  /// Read again where it was released; empty where the file is another one by then.
  const std::string& text() const;
  /// SHA-256 of the text as it was read first, lower-case hexadecimal.
  std::string Digest() const;
  /// Lets the text go until it is next asked for: of 100,000 case files few are ever quoted. Call
  /// it while no other thread uses this object, and hold no view of the text.
  void Release() const;

  /// Without its line end; empty where there is no such line.
  std::string_view Line(int line) const;
  /// The column, in characters, of a byte offset into a line (both 0-based in, 1-based out).
  int Column(int line, std::size_t byte_in_line) const;
  /// The same for a reader that knows at which byte of the text its line begins.
  int ColumnFrom(std::size_t line_start, std::size_t byte_in_line) const;

 private:
  /// Counted when a line is first asked for: of 100,000 case files that are held few ever are.
  const std::vector<std::uint32_t>& LineStarts() const;
  std::size_t CharactersBefore(std::size_t byte) const;

  const std::string& Reread() const;

  std::string path_;
  Content content_;
  mutable std::atomic<const std::string*> text_;        ///< owned; null once it was released.
  mutable std::array<char, kSha256Bytes> digest_ = {};  ///< set when it is released.
  mutable std::once_flag counted_;
  mutable std::vector<std::uint32_t> line_starts_;  ///< such files are smaller than 4 GiB.
  /// Characters before every 256th byte, so that no column costs a walk along its line; empty
  /// where the text is ASCII and characters are bytes.
  std::vector<std::size_t> characters_before_;
};

}  // namespace conform
