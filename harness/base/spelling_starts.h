// Finds where at the end of a text any of many spellings may have begun, cut off by that end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace conform {

/// Keeps the first bytes of each spelling: what begins alike is held back though it be another.
class SpellingStarts {
 public:
  /// `text` has at least 4 bytes.
  void Add(std::string_view text);
  /// The first place from which on `text` may be the begin of a spelling whose end is still to
  /// come; its size where there is none.
  std::size_t FindIn(std::string_view text) const;

 private:
  std::unordered_set<std::uint64_t> starts_;  ///< of 1 to 4 bytes, the length beside them.
  std::size_t longest_ = 0;                   ///< spelling.
};

}  // namespace conform
