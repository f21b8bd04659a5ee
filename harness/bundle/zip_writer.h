// Files as a zip archive of one form only: the same files are the same bytes, always.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace conform {

/// A file to be written; the bytes outlive it.
struct ZipEntry {
  std::string_view name;
  std::string_view bytes;
};

/// Stored in the order given, with the fixed fields of zip_layout.h: no compression, whose bytes
/// another version of a library makes otherwise; no date, no extra field, no comment. Errors: more
/// files or bytes than the format holds without its 64-bit extension (65,534 files, 4 GiB).
Expected<std::string> WriteZip(const std::vector<ZipEntry>& entries);

/// Empty, or why the name may not stand in a bundle: it is to name one file below the folder that a
/// bundle is unpacked in, on Windows too, on one line of SHA256SUMS. Two names that differ in case
/// alone are CheckBundlePaths's to refuse.
std::string DescribeUnsafeName(std::string_view name);

/// As zip and gzip have it.
std::uint32_t Crc32(std::string_view bytes);

}  // namespace conform
