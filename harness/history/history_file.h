// The SQLite file that keeps runs: opening it, its schema, and where it may lie.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"

namespace conform {

/// The kind of disk a path lies on, as statfs(2) tells it in f_type.
using DiskKind = std::function<Expected<std::int64_t>(const std::filesystem::path&)>;
Expected<std::int64_t> AskDiskKind(const std::filesystem::path& path);

/// `NFS`, `SMB`, `FUSE`, …: disks whose locks SQLite's log cannot rely on; else empty.
std::string_view NetworkDiskName(std::int64_t kind);

/// The schema that this conform writes. An older file is brought up to it in one transaction, a
/// newer one refused.
int CurrentSchema();
/// The statements that bring an empty file to `version`, for tests of the way from there.
std::string SchemaScript(int version);

/// What SQLite or the standard library threw of the file at `path`, and what to do about it. It may
/// pass where the file is busy, the disk full, or reading and writing failed.
Error DescribeHistoryError(const std::filesystem::path& path, const std::exception& thrown);

/// Open for one thread; any number of processes may have the file open at once, and wait up to
/// 15 s for each other.
class HistoryFile {
 public:
  /// Creates the file and its folders where they are missing. Errors: on a network disk, not a
  /// history, of a newer conform, damaged, not permitted (it is not touched then); busy, full or
  /// failing, which may pass.
  static Expected<std::unique_ptr<HistoryFile>> Open(const std::filesystem::path& path,
                                                     const DiskKind& disk = AskDiskKind);
  /// The same for who only reads: a file that may not be written, or lies in a folder that may not,
  /// is opened as it stands. Errors: also an older schema of such a file; that it was written
  /// meanwhile, which may pass.
  static Expected<std::unique_ptr<HistoryFile>> OpenToRead(const std::filesystem::path& path,
                                                           const DiskKind& disk = AskDiskKind);

  const std::filesystem::path& path() const { return path_; }
  SQLite::Database& database() { return database_; }

  /// What `work` answers, its exceptions as an Error that names the file.
  template <typename Work>
  auto Try(const Work& work) -> decltype(work()) {
    try {
      return work();
    } catch (const std::exception& thrown) {  // SQLiteCpp's and the standard library's
      return tl::unexpected(Describe(thrown));
    }
  }

  /// What `thrown` means for this file, and what to do.
  Error Describe(const std::exception& thrown) const;

 private:
  HistoryFile(const std::filesystem::path& path, const std::string& place, int flags);
  /// Of a history this conform can read; 0: the file is empty.
  Expected<int> ReadVersion();
  Expected<void> Prepare();
  Expected<void> RequireCurrent();

  std::filesystem::path path_;
  SQLite::Database database_;
  /// Where SQLite takes it that nobody writes: when somebody did last.
  std::optional<std::filesystem::file_time_type> still_since_;
};

}  // namespace conform
