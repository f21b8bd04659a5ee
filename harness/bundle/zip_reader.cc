#include "bundle/zip_reader.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/utf8.h"
#include "bundle/zip_layout.h"
#include "bundle/zip_writer.h"

namespace conform {
namespace {

constexpr std::size_t kMostUnpackedBytes = std::size_t{256} << 20;
constexpr std::size_t kUnpackAtOnce = std::size_t{1} << 16;
constexpr std::uint32_t kDeflate = 8;

/// Deflated data (RFC 1951), unpacked; a broken stream gives what came before the break.
class Inflater {
 public:
  Inflater() : ready_(inflateInit2(&stream_, -MAX_WBITS) == Z_OK) {}
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// Stops once there are more than `most` bytes.
  std::string Inflate(std::string_view packed, std::size_t most) {
    std::string bytes;
    if (!ready_) return bytes;
    // zlib's counts are 32 bits wide, and so are those of an archive without 64-bit extension.
    stream_.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<unsigned>(packed.size());
    for (int state = Z_OK; state == Z_OK && bytes.size() <= most;) {
      const std::size_t had = bytes.size();
      bytes.resize(had + kUnpackAtOnce);
      stream_.next_out = reinterpret_cast<unsigned char*>(bytes.data() + had);
      stream_.avail_out = static_cast<unsigned>(kUnpackAtOnce);
      state = inflate(&stream_, Z_NO_FLUSH);
      bytes.resize(bytes.size() - stream_.avail_out);
    }
    return bytes;
  }

 private:
  z_stream stream_{};
  bool ready_;
};

class Reader {
 public:
  explicit Reader(std::string_view archive) : archive_(archive) {}

  Expected<ZipContents> Read();

 private:
  Expected<std::size_t> FindEnd() const;
  /// Reads the central header at the cursor, moves on, and adds its member.
  Expected<void> AddMember();
  /// The packed bytes that follow the local header at `offset`.
  Expected<std::string_view> PackedBytes(std::string_view name, std::size_t offset,
                                         std::size_t size);
  Expected<std::string_view> Unpack(std::string_view name, std::string_view packed,
                                    std::uint32_t method);

  std::string_view archive_;  // from its first byte that counts
  std::size_t central_end_ = 0;
  std::size_t cursor_ = 0;
  std::size_t packed_total_ = 0;
  std::size_t unpacked_total_ = 0;
  ZipContents contents_;
};

Expected<std::size_t> Reader::FindEnd() const {
  const std::size_t end = archive_.rfind(kEndMark);
  if (end == std::string_view::npos || archive_.size() - end < kEndSize) {
    return Fail("it is no zip archive, or its end is cut off");
  }
  return end;
}

Expected<ZipContents> Reader::Read() {
  const auto end = FindEnd();
  if (!end) return tl::unexpected(end.error());
  const std::string_view record = archive_.substr(*end);
  const std::uint32_t entries = ReadField(record, kEntries);
  const std::size_t central_bytes = ReadField(record, kCentralBytes);
  const std::size_t central = ReadField(record, kCentralOffset);
  if (entries == 0xffff || central == 0xffff'ffff || central_bytes == 0xffff'ffff) {
    return Fail("it has the 64-bit extension, which no bundle has");
  }
  constexpr ZipField kDisks = {4, 4, 0};
  if (ReadField(record, kDisks) != 0) return Fail("it is one part of several");
  if (central > *end || central_bytes > *end - central) {
    return Fail("its directory is not where it says");
  }
  contents_.before = *end - central - central_bytes;
  contents_.after = record.size() - kEndSize;
  archive_.remove_prefix(contents_.before);
  cursor_ = central;
  central_end_ = central + central_bytes;
  for (std::uint32_t i = 0; i < entries; ++i) {
    if (const auto added = AddMember(); !added) return tl::unexpected(added.error());
  }
  if (cursor_ != central_end_) return Fail("its directory holds more than it says");
  return std::move(contents_);
}

Expected<void> Reader::AddMember() {
  const std::string_view header = archive_.substr(cursor_, central_end_ - cursor_);
  if (header.size() < kCentralSize || !header.starts_with(kCentralMark)) {
    return Fail("its directory is broken");
  }
  const auto field = [&](const ZipField& which) { return ReadField(header, which, kCentralShift); };
  const std::size_t name_bytes = field(kNameBytes);
  const std::size_t rest = field(kExtraBytes) + ReadField(header, kCommentBytes);
  if (name_bytes + rest > header.size() - kCentralSize) return Fail("its directory is broken");
  ZipMember member;
  member.name = header.substr(kCentralSize, name_bytes);
  cursor_ += kCentralSize + name_bytes + rest;
  if ((field(kFlags) & 1U) != 0) {
    return Fail(fmt::format("{} is encrypted in it", ShowLine(member.name)));
  }
  const auto packed =
      PackedBytes(member.name, ReadField(header, kLocalOffset), field(kPackedBytes));
  if (!packed) return tl::unexpected(packed.error());
  const auto bytes = Unpack(member.name, *packed, field(kMethod));
  if (!bytes) return tl::unexpected(bytes.error());
  member.bytes = *bytes;
  member.intact = bytes->size() == field(kBytes) && Crc32(*bytes) == field(kChecksum);
  contents_.members.push_back(member);
  return {};
}

Expected<std::string_view> Reader::PackedBytes(std::string_view name, std::size_t offset,
                                               std::size_t size) {
  const auto broken = [&] {
    return Fail(fmt::format("the header of {} is not where its directory says", ShowLine(name)));
  };
  if (offset > archive_.size() || archive_.size() - offset < kLocalSize) return broken();
  const std::string_view header = archive_.substr(offset);
  if (!header.starts_with(kLocalMark)) return broken();
  const std::size_t start =
      kLocalSize + ReadField(header, kNameBytes) + ReadField(header, kExtraBytes);
  if (start > header.size() || size > header.size() - start) {
    return Fail(fmt::format("{} does not end within it", ShowLine(name)));
  }
  // Files that share bytes would cost more work than the archive's size tells.
  packed_total_ += size;
  if (packed_total_ > archive_.size()) return Fail("its files overlap");
  return header.substr(start, size);
}

Expected<std::string_view> Reader::Unpack(std::string_view name, std::string_view packed,
                                          std::uint32_t method) {
  if (method == kMethod.in_bundle) return packed;
  if (method != kDeflate) {
    return Fail(
        fmt::format("{} is packed by method {}, which no bundle uses", ShowLine(name), method));
  }
  std::string bytes = Inflater().Inflate(packed, kMostUnpackedBytes - unpacked_total_);
  unpacked_total_ += bytes.size();
  if (unpacked_total_ > kMostUnpackedBytes) return Fail("it unpacks to more than 256 MiB");
  return contents_.unpacked.emplace_back(std::move(bytes));
}

}  // namespace

Expected<ZipContents> ReadZip(std::string_view archive) { return Reader(archive).Read(); }

}  // namespace conform
