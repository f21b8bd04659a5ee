// Reads any zip archive that holds plain files, in memory: nothing is written to the disk.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace conform {

/// A file of an archive, as it stands there: its name may be anything.
struct ZipMember {
  std::string_view name;
  std::string_view bytes;  ///< unpacked; what there is of it where `intact` is false.
  bool intact = true;      ///< length and CRC-32 are those that the archive states.
};

/// Views are into the archive or into `unpacked`; both outlive them.
struct ZipContents {
  std::vector<ZipMember> members;  ///< in the order of the archive's directory.
  std::size_t before = 0;          ///< bytes that stand before the archive.
  std::size_t after = 0;           ///< bytes that stand after it.
  std::deque<std::string> unpacked;
};

/// Errors (each says what is wrong with the archive): no zip archive; cut; encrypted; of several
/// parts; with 64-bit extension; packed by another method than deflate; a directory or header that
/// is broken; files that overlap, or that unpack to more than 256 MiB together.
Expected<ZipContents> ReadZip(std::string_view archive);

}  // namespace conform
