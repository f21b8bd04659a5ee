// Reads single tests out of a journal that was written before.
#pragma once

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

  /// Adds the JSON text of a test to `text`, as it stands there. Errors: the file was cut or
  /// removed since; then what stands in `text` is not to be used.
  Expected<void> AppendText(const TestRecord& test, std::string& text) const;
  /// The same test with all that crossed the wire. Errors: also where another test stands there.
  Expected<TestRecord> ReadTest(const TestRecord& test) const;

 private:
  tl::unexpected<Error> Changed(const TestRecord& test) const;

  std::string path_;
  int descriptor_;
};

/// Whether every exchange of it has its attempts.
bool HoldsEvidence(const TestRecord& test);

}  // namespace conform
