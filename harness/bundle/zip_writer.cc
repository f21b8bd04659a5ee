#include "bundle/zip_writer.h"

#include <zlib.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"
#include "bundle/zip_layout.h"

namespace conform {
namespace {

constexpr std::size_t kMostEntries = 65'534;
constexpr std::size_t kMostNameBytes = 4'096;
constexpr std::uint64_t kMostBytes = 0xffff'fffe;

class Record {
 public:
  Record(std::string_view mark, std::size_t size) : bytes_(mark) { bytes_.resize(size, '\0'); }

  void Set(const ZipField& field, std::size_t value, std::size_t shift = 0) {
    for (std::size_t i = 0; i < field.size; ++i) {
      bytes_[field.offset + shift + i] = static_cast<char>(value >> (8 * i) & 255U);
    }
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// The fields that both headers of a file have.
void SetShared(Record& record, const ZipEntry& entry, std::uint32_t checksum, std::size_t shift) {
  for (const ZipField& field : {kNeeded, kFlags, kMethod, kTime, kDate, kExtraBytes}) {
    record.Set(field, field.in_bundle, shift);
  }
  record.Set(kChecksum, checksum, shift);
  record.Set(kPackedBytes, entry.bytes.size(), shift);
  record.Set(kBytes, entry.bytes.size(), shift);
  record.Set(kNameBytes, entry.name.size(), shift);
}

std::string CentralHeader(const ZipEntry& entry, std::uint32_t checksum, std::size_t local) {
  Record record(kCentralMark, kCentralSize);
  SetShared(record, entry, checksum, kCentralShift);
  for (const ZipField& field : {kMadeBy, kCommentBytes, kMode}) record.Set(field, field.in_bundle);
  record.Set(kLocalOffset, local);
  return record.bytes() + std::string(entry.name);
}

std::string EndRecord(std::size_t entries, std::size_t central_bytes, std::size_t central) {
  // Entries on this disk, and in all.
  constexpr ZipField kEntriesHere = {8, 2, 0};
  Record record(kEndMark, kEndSize);
  record.Set(kEntriesHere, entries);
  record.Set(kEntries, entries);
  record.Set(kCentralBytes, central_bytes);
  record.Set(kCentralOffset, central);
  return record.bytes();
}

/// Devices of Windows, whatever stands behind a point.
bool IsDevice(std::string_view segment) {
  const std::string name = ToLower(segment.substr(0, segment.find('.')));
  if (name == "con" || name == "prn" || name == "aux" || name == "nul") return true;
  return name.size() == 4 && (name.starts_with("com") || name.starts_with("lpt")) &&
         name.back() >= '0' && name.back() <= '9';
}

std::string DescribeUnsafeSegment(std::string_view segment) {
  if (segment.empty() || segment == "." || segment == "..")
    return "is no plain path below a folder";
  if (segment.back() == '.' || segment.back() == ' ')
    return "has a name that ends in a dot or space";
  return IsDevice(segment) ? "names a device of Windows" : "";
}

}  // namespace

std::uint32_t Crc32(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::string DescribeUnsafeName(std::string_view name) {
  if (name.size() > kMostNameBytes) return "is longer than 4,096 bytes";
  if (ShowLine(name, kMostNameBytes) != name) return "holds a control character, or is not UTF-8";
  if (name.find_first_of("\\:*?<>|\"") != std::string_view::npos) {
    return "holds one of \\ : * ? < > | \"";
  }
  for (std::size_t start = 0; start <= name.size();) {
    const std::size_t end = std::min(name.find('/', start), name.size());
    std::string unsafe = DescribeUnsafeSegment(name.substr(start, end - start));
    if (!unsafe.empty()) return unsafe;
    start = end + 1;
  }
  return "";
}

Expected<std::string> WriteZip(const std::vector<ZipEntry>& entries) {
  std::uint64_t size = kEndSize;
  for (const ZipEntry& entry : entries) {
    size += kLocalSize + kCentralSize + 2 * entry.name.size() + entry.bytes.size();
  }
  if (entries.size() > kMostEntries) return Fail("a bundle holds at most 65,534 files");
  if (size > kMostBytes) return Fail("a bundle holds less than 4 GiB");
  std::string archive;
  archive.reserve(size);
  std::string central;
  for (const ZipEntry& entry : entries) {
    const std::uint32_t checksum = Crc32(entry.bytes);
    central += CentralHeader(entry, checksum, archive.size());
    Record local(kLocalMark, kLocalSize);
    SetShared(local, entry, checksum, 0);
    archive.append(local.bytes()).append(entry.name).append(entry.bytes);
  }
  const std::string end = EndRecord(entries.size(), central.size(), archive.size());
  return archive.append(central).append(end);
}

}  // namespace conform
