// Looks at text eight bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace conform {

/// Eight bytes of a text.
using ByteWord = std::uint64_t;

inline constexpr ByteWord kEachByte = 0x0101010101010101U;
inline constexpr ByteWord kHighBits = 0x80U * kEachByte;

/// `text` has at least eight bytes from `at` on.
inline ByteWord ReadWord(std::string_view text, std::size_t at) {
  ByteWord word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

/// Not 0 where some byte of `word` is less than `limit`, which is at most 128; which is not told.
constexpr ByteWord BytesBelow(ByteWord word, unsigned char limit) {
  return (word - kEachByte * limit) & ~word & kHighBits;
}

/// Not 0 where some byte of `word` is `byte`; which is not told.
constexpr ByteWord BytesEqual(ByteWord word, char byte) {
  return BytesBelow(word ^ kEachByte * static_cast<unsigned char>(byte), 1);
}

/// Whether some byte of eight is a control character or no ASCII.
inline constexpr auto kHoldsUnprintable = [](ByteWord word) {
  return (BytesBelow(word, ' ') | BytesEqual(word, '\x7F') | (word & kHighBits)) != 0;
};

/// The first place, a whole number of words behind `at`, whose word `stops`, or behind which no
/// whole word follows.
template <typename Stops>
std::size_t SkipWords(std::string_view text, std::size_t at, Stops stops) {
  while (at + sizeof(ByteWord) <= text.size() && !stops(ReadWord(text, at))) at += sizeof(ByteWord);
  return at;
}

/// The bytes of a text of fewer than eight, and spaces or some of them again.
inline ByteWord ReadShort(std::string_view text) {
  constexpr std::size_t kHalf = sizeof(ByteWord) / 2;
  if (text.size() >= kHalf) {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::memcpy(&begin, text.data(), kHalf);
    std::memcpy(&end, text.data() + text.size() - kHalf, kHalf);
    return ByteWord{begin} | ByteWord{end} << 32U;
  }
  ByteWord word = kEachByte * ' ';
  for (const char byte : text) word = word << 8U | static_cast<unsigned char>(byte);
  return word;
}

/// Whether no byte of `text` makes a word stop, which a space does not.
template <typename Stops>
bool NoneStops(std::string_view text, Stops stops) {
  if (text.size() < sizeof(ByteWord)) return !stops(ReadShort(text));
  const std::size_t at = SkipWords(text, 0, stops);
  if (at + sizeof(ByteWord) <= text.size()) return false;
  return at == text.size() || !stops(ReadWord(text, text.size() - sizeof(ByteWord)));
}

}  // namespace conform
