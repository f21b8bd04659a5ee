// Reads single tests out of a journal that was written before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "record/run_record.h"

namespace conform {

/// Open as long as it lives. A file that cannot be opened fails at the first reading. Safe to use
/// from several threads.
class JournalFile {
 public:
  explicit JournalFile(const std::filesystem::path& path);
  ~JournalFile();
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  /// The same test with all that crossed the wire. Errors: also where another test stands there.
  Expected<TestRecord> ReadTest(const TestRecord& test) const;

 private:
  friend class JournalTexts;
  /// Fewer than `size` bytes only at the end of the file. Errors: what reading met.
  Expected<std::string> ReadAt(std::uint64_t offset, std::size_t size) const;
  tl::unexpected<Error> Changed(const TestRecord& test) const;

  std::string path_;
  int descriptor_;
};

/// The same for many tests that stand there one after the other: the file is read in stretches. For
/// one thread.
class JournalTexts {
 public:
  explicit JournalTexts(const std::filesystem::path& path) : file_(path) {}

  /// Adds the JSON text of a test to `text`, as it stands there. Errors: the file was cut or
  /// removed since.
  Expected<void> AppendTo(std::string& text, const TestRecord& test);

 private:
  JournalFile file_;
  std::string held_;
  std::uint64_t begin_ = 0;  ///< where `held_` stands in the file.
};

/// Whether every exchange of it has its attempts.
bool HoldsEvidence(const TestRecord& test);

}  // namespace conform
