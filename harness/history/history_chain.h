// Whether a history was changed behind its back: each entry holds the digest of the one before it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/history_file.h"

namespace conform {

/// The digest of an entry: of its columns, among them the digest of the entry before it, and of its
/// results. Throws what SQLiteCpp throws: called inside HistoryFile::Try.
std::string DigestEntry(SQLite::Database& database, std::int64_t run);

/// An entry by its number and digest. Who keeps one elsewhere can tell later whether the entry, and
/// each before it, is still what it was, even where the whole chain was computed anew.
struct ChainHead {
  std::int64_t run = 0;
  std::string sha256;
};

/// `7:` and 64 hexadecimal digits.
std::string RenderHead(const ChainHead& head);
std::optional<ChainHead> ParseHead(std::string_view text);
/// The newest entry; nothing where no run is kept.
Expected<std::optional<ChainHead>> FindHead(HistoryFile& file);

struct ChainCheck {
  std::size_t runs = 0;
  std::optional<ChainHead> head;  ///< the newest entry as it stands.
  /// Why the known head tells nothing; empty where it was compared.
  std::string untold;
  /// What must not be, a sentence each: `run 7 was changed after it was kept`.
  std::vector<std::string> broken;
  /// What may be, and is worth knowing: the run before it is not in this history.
  std::vector<std::string> gaps;
};

/// Of every entry, of the `previous_sha256` of each run's own record, and of a head that was
/// `known` before: its entry must stand here with that digest.
Expected<ChainCheck> CheckChain(HistoryFile& file,
                                const std::optional<ChainHead>& known = std::nullopt);

}  // namespace conform
