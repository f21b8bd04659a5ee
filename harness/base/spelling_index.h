// Finds where any of many spellings may stand in a text, in time that does not grow with their
// number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/secret_form.h"

namespace conform {

/// One spelling of one secret. Its text is not kept: thousands of tokens in a dozen forms would
/// fill the memory.
struct Spelling {
  std::size_t secret = 0;  ///< the caller's number for it.
  SecretForm form = SecretForm::kPlain;
  std::size_t window = 0;  ///< offset of the bytes it is indexed by.
};

/// A place where a spelling's window stands, so that the whole may begin at `begin`.
struct Candidate {
  std::size_t begin = 0;
  const Spelling* spelling = nullptr;
};

class SpellingIndex {
 public:
  /// `text` has at least 4 bytes.
  void Add(std::string_view text, std::size_t secret, SecretForm form);
  /// In no order. Valid until the next Add.
  std::vector<Candidate> FindIn(std::string_view text) const;

 private:
  /// Spellings by `kStride` windows in a row of `kWidth` bytes each, one of which stands at a
  /// multiple of `kStride` wherever the spelling does: only there a text is looked at.
  template <std::size_t kWidth, std::size_t kStride>
  class Windows {
   public:
    /// `text` has at least kWidth + kStride - 1 bytes.
    void Add(std::string_view text, Spelling spelling);
    void FindIn(std::string_view text, std::vector<Candidate>& candidates) const;

   private:
    static std::uint64_t Read(const char* from);
    std::size_t ChooseWindow(std::string_view text) const;
    void SetFilterBit(std::uint64_t window);
    void GrowFilter();

    std::size_t count_ = 0;
    std::unordered_map<std::uint64_t, std::vector<Spelling>> spellings_;
    std::vector<std::uint64_t> filter_;  // one bit a hashed window, a power of two of them
    unsigned filter_bits_ = 0;           // the power
  };

  static constexpr std::size_t kWide = 8;
  static constexpr std::size_t kNarrow = 4;
  static constexpr std::size_t kFar = 8;
  static constexpr std::size_t kNear = 4;
  // Each spelling is in the first that it is long enough for: the farther apart the places that a
  // text is looked at, the faster.
  Windows<kWide, kFar> long_;  // a token's
  Windows<kWide, kNear> middle_;
  Windows<kNarrow, 1> short_;
};

}  // namespace conform
