// Whether a history was changed behind its back: each entry holds the digest of the one before it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "history/history_file.h"

namespace conform {

/// The digest of an entry: of its columns, among them the digest of the entry before it, and of its
/// results. Throws what SQLiteCpp throws: called inside HistoryFile::Try.
std::string DigestEntry(SQLite::Database& database, std::int64_t run);

struct ChainCheck {
  std::size_t runs = 0;
  /// What must not be, a sentence each: `run 7 was changed after it was kept`.
  std::vector<std::string> broken;
  /// What may be, and is worth knowing: the run before it is not in this history.
  std::vector<std::string> gaps;
};

/// Of every entry, and of the `previous_sha256` of each run's own record.
Expected<ChainCheck> CheckChain(HistoryFile& file);

}  // namespace conform
