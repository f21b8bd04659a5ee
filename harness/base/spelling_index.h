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
  /// In the order of their windows. Valid until the next Add.
  std::vector<Candidate> FindIn(std::string_view text) const;

 private:
  /// Spellings by one window each of `width` bytes.
  class Windows {
   public:
    explicit Windows(std::size_t width) : width_(width) {}
    void Add(std::string_view text, Spelling spelling);
    void FindIn(std::string_view text, std::vector<Candidate>& candidates) const;

   private:
    std::uint64_t Read(std::string_view text, std::size_t at) const;
    std::size_t ChooseWindow(std::string_view text) const;
    std::size_t FilterBit(std::uint64_t window) const;
    void GrowFilter();

    std::size_t width_;
    std::size_t count_ = 0;
    std::unordered_map<std::uint64_t, std::vector<Spelling>> spellings_;
    std::vector<bool> filter_;  // one bit a hashed window; its size is a power of two
    unsigned filter_bits_ = 0;  // the power
  };

  static constexpr std::size_t kWide = 8;
  static constexpr std::size_t kNarrow = 4;
  Windows wide_{kWide};
  Windows narrow_{kNarrow};  // for spellings shorter than a wide window
};

}  // namespace conform
