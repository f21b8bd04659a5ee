// The journal of a run: each finished test goes to the disk at once, so that a run which is killed
// still leaves what it found.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "record/run_record.h"

namespace conform {

/// JSON Lines: `{"format":1,"header":{…}}`, then `{"test":{…}}` for each test that finished, then
/// `{"end":{"duration_us":…}}`. A line is written whole by one call, so that no other process's
/// death cuts it. For one thread at a time.
class Journal {
 public:
  /// Replaces a journal that stands at `path`. Errors: the file cannot be made, or another run
  /// writes to it now.
  static Expected<Journal> Create(const std::filesystem::path& path, const RunHeader& header);

  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&& other) noexcept;
  ~Journal();

  /// Errors: the disk is full, or whatever else writing meets. The journal then ends with the
  /// line before, and a later Append may succeed.
  Expected<void> Append(const TestRecord& test);
  /// Writes the end mark. Call once, last.
  Expected<void> Finish(std::chrono::microseconds duration);

 private:
  Journal(std::filesystem::path path, int descriptor);
  Expected<void> AppendLine(std::string_view line);

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t size_ = 0;
};

/// Reads a journal into a record: tests once each (MergeRepeats), those that were planned and did
/// not finish as not_run. Without an end mark `complete` is false, and the duration runs to the
/// end of the test that finished last. A last line that is cut is passed over. Errors (path and
/// line first): no such file, no whole header, a line that is no line of a journal.
Expected<RunRecord> ReadJournal(const std::filesystem::path& path);

}  // namespace conform
