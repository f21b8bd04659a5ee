// A file that is there whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace conform {

/// Bytes are written beside `path` and renamed into place by Commit; what stood there stays until
/// then, and for good where anything fails. Every Error tells the path, why, and what to do.
class AtomicFile {
 public:
  /// Errors: no such folder, not permitted, a folder stands there.
  static Expected<AtomicFile> Create(const std::filesystem::path& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&& other) noexcept;
  /// Without a Commit nothing is left.
  ~AtomicFile();

  /// Errors: the disk is full.
  Expected<void> Write(std::string_view bytes);
  /// Waits until the bytes are on the disk (fsync), then renames. Call once, last.
  Expected<void> Commit();

 private:
  AtomicFile(std::filesystem::path path, std::string beside, int descriptor);
  void Discard();

  std::filesystem::path path_;
  std::string beside_;
  int descriptor_ = -1;
};

/// All of it in one call.
Expected<void> ReplaceFile(const std::filesystem::path& path, std::string_view bytes);

}  // namespace conform
