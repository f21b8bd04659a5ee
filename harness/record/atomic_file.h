// A file that is there whole or not at all.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_sink.h"
#include "base/error.h"

namespace conform {

/// Bytes are written beside `path` and renamed into place by Commit; what stood there stays until
/// then, and for good where anything fails. What `redactor` knows, which outlives the file, is
/// masked on the way. Every Error tells the path, why, and what to do.
class AtomicFile {
 public:
  /// Errors: no such folder, not permitted, a folder stands there.
  static Expected<AtomicFile> Create(const std::filesystem::path& path, const Redactor& redactor);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&& other) noexcept;
  /// Without a Commit nothing is left.
  ~AtomicFile();

  /// Errors: the disk is full.
  Expected<void> Write(std::string_view bytes);
  /// The same of bytes that the file's redactor masked.
  Expected<void> WriteMasked(std::string_view bytes);
  /// Waits until the bytes are on the disk (fsync), then renames. Call once, last.
  Expected<void> Commit();

 private:
  friend Expected<void> ReplaceUnchanged(const std::filesystem::path& path, std::string_view bytes,
                                         const Redactor& redactor);
  AtomicFile(std::filesystem::path path, std::string beside, int descriptor);
  static Expected<AtomicFile> Open(const std::filesystem::path& path);
  void Discard();

  std::filesystem::path path_;
  std::string beside_;
  int descriptor_ = -1;
  std::unique_ptr<ByteSink> sink_;  ///< null: the bytes were looked through before.
};

/// All of it in one call.
Expected<void> ReplaceFile(const std::filesystem::path& path, std::string_view bytes,
                           const Redactor& redactor);
/// The same of bytes that have checksums of their own: they are not masked, but where a secret that
/// `redactor` knows stands in them that is an Error and nothing is written.
Expected<void> ReplaceUnchanged(const std::filesystem::path& path, std::string_view bytes,
                                const Redactor& redactor);

}  // namespace conform
