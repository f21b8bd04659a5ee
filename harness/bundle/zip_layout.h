// The records of a zip archive (APPNOTE 6.3.10), and what each of their fields holds in a bundle.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace conform {

/// A field of a record: little endian, `size` bytes wide.
struct ZipField {
  std::size_t offset;
  std::size_t size;
  std::uint32_t in_bundle;  ///< what it always holds there, but for those named below.
};

inline constexpr std::string_view kLocalMark = "PK\x03\x04";
inline constexpr std::string_view kCentralMark = "PK\x01\x02";
inline constexpr std::string_view kEndMark = "PK\x05\x06";
inline constexpr std::size_t kLocalSize = 30;  ///< before the name.
inline constexpr std::size_t kCentralSize = 46;
inline constexpr std::size_t kEndSize = 22;

/// Fields that a local header and a central one share, by their place in the local one; in the
/// central one each stands two bytes further on, after who made it.
inline constexpr ZipField kNeeded = {4, 2, 10};       ///< version 1.0: nothing but storing.
inline constexpr ZipField kFlags = {6, 2, 0x0800};    ///< the name is UTF-8.
inline constexpr ZipField kMethod = {8, 2, 0};        ///< stored.
inline constexpr ZipField kTime = {10, 2, 0};         ///< midnight
inline constexpr ZipField kDate = {12, 2, 0x0021};    ///< of 1 January 1980, the format's first.
inline constexpr ZipField kChecksum = {14, 4, 0};     ///< the file's own CRC-32.
inline constexpr ZipField kPackedBytes = {18, 4, 0};  ///< the file's own size.
inline constexpr ZipField kBytes = {22, 4, 0};        ///< the file's own size.
inline constexpr ZipField kNameBytes = {26, 2, 0};    ///< the name's own length.
inline constexpr ZipField kExtraBytes = {28, 2, 0};   ///< no extra fields.
inline constexpr std::size_t kCentralShift = 2;

/// Of a central header alone.
inline constexpr ZipField kMadeBy = {4, 2, 0x031e};  ///< Unix, 3.0.
inline constexpr ZipField kCommentBytes = {32, 2, 0};
inline constexpr ZipField kMode = {38, 4, 0100644U << 16};  ///< a file, rw-r--r--.
inline constexpr ZipField kLocalOffset = {42, 4, 0};        ///< the local header's own.

/// Of the end record.
inline constexpr ZipField kEntries = {10, 2, 0};
inline constexpr ZipField kCentralBytes = {12, 4, 0};
inline constexpr ZipField kCentralOffset = {16, 4, 0};
inline constexpr ZipField kEndCommentBytes = {20, 2, 0};

/// The field's value; `record` is long enough.
inline std::uint32_t ReadField(std::string_view record, const ZipField& field,
                               std::size_t shift = 0) {
  std::uint32_t value = 0;
  for (std::size_t i = field.size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(record[field.offset + shift + i]);
  }
  return value;
}

}  // namespace conform
