// Undoes the escapes by which a text says another, whichever of many notations they are of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// How often escapes stand in one another before nobody looks any more.
inline constexpr std::size_t kMostEscapedTimes = 4;

/// Bytes of the longest: `&#x10FFFF;` and `\ud83d\ude00`.
inline constexpr std::size_t kLongestEscape = 12;

/// By byte.
using ByteSet = std::array<bool, 256>;

/// A text with the escapes in it undone once, and where its bytes came from: those of URIs
/// (`%2F`), JSON and what ShowText makes (`\/`, `\u002f`, `\x2f`, `\u{2f}`), XML and HTML (`&amp;`,
/// `&#47;`, `&#x2f;`), JSON pointers (`~1`) and shells (`'\''`).
class Unescaped {
 public:
  /// Only what stands for a byte of `wanted`, or of an escape or an address's begin, is undone.
  Unescaped(std::string_view escaped, const ByteSet& wanted);

  /// Whether nothing was undone: then there is no text.
  bool empty() const { return undone_.empty(); }
  const std::string& text() const { return text_; }

  /// Where what became the byte at `place` of the text begins in the escaped one; of its size the
  /// size of that.
  std::size_t BeginOf(std::size_t place) const;
  /// Where what became the byte before `place`, which is not 0, ends.
  std::size_t EndOf(std::size_t place) const;

 private:
  /// Small, since a hostile text has nothing but escapes; no text here has 4 GB.
  struct Undone {
    std::uint32_t place = 0;   ///< in the text.
    std::uint32_t escape = 0;  ///< its place in the escaped text.
    std::uint8_t bytes = 0;
    std::uint8_t escape_bytes = 0;
  };

  /// The last at or before `place`; null: there is none.
  const Undone* FindUndone(std::size_t place) const;

  std::string text_;
  std::vector<Undone> undone_;
};

/// Where at the end of `text` an escape has begun whose end is still to come; its size where none
/// has.
std::size_t FindUnfinishedEscape(std::string_view text);

}  // namespace conform
