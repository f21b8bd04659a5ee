// Finds where at the end of a text any of many spellings has begun, cut off by that end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/secret_form.h"

namespace conform {

/// One spelling of one secret, by its first bytes. Its text is not kept, as in SpellingIndex.
struct SpellingStart {
  std::size_t secret = 0;  ///< the caller's number for it.
  SecretForm form = SecretForm::kPlain;
  std::size_t size = 0;
};

class SpellingStarts {
 public:
  /// `text` has at least 4 bytes.
  void Add(std::string_view text, std::size_t secret, SecretForm form);
  /// The first place from which on `text` is the begin of a spelling whose end is still to come;
  /// its size where there is none. `spell` gives the whole of one. Of fewer than 4 bytes it is
  /// enough that a spelling begins alike.
  std::size_t FindIn(std::string_view text,
                     const std::function<std::string(const SpellingStart&)>& spell) const;

  /// Bytes of the longest spelling; 0: there is none.
  std::size_t longest() const { return longest_; }

 private:
  std::unordered_map<std::uint32_t, std::vector<SpellingStart>> starts_;  // by their first 4 bytes
  std::unordered_set<std::uint32_t> short_;  // the first 1 to 3, and how many
  std::array<bool, 256> first_{};            // by the first byte: whether a spelling begins so
  std::size_t longest_ = 0;
};

}  // namespace conform
