#include "bundle/zip_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "bundle/zip_layout.h"
#include "bundle/zip_writer.h"

namespace conform {
namespace {

/// Which part of an archive of these files byte `at` is in.
std::string PartAt(const std::vector<ZipMember>& members, std::size_t at) {
  std::size_t offset = 0;
  for (const ZipMember& member : members) {
    offset += kLocalSize + member.name.size() + member.bytes.size();
    if (at < offset) return ShowLine(member.name);
  }
  for (const ZipMember& member : members) {
    offset += kCentralSize + member.name.size();
    if (at < offset) return fmt::format("the directory's entry of {}", ShowLine(member.name));
  }
  return "the end record";
}

/// Empty where `archive`, without what stands around it, is what WriteZip gives in the same order.
std::string DescribeMetadata(std::string_view archive, const std::vector<ZipMember>& members) {
  std::vector<ZipEntry> entries;
  entries.reserve(members.size());
  for (const ZipMember& member : members) entries.push_back({member.name, member.bytes});
  const auto written = WriteZip(entries);
  if (!written) return written.error().message;
  if (*written == archive) return "";
  const auto differs =
      std::mismatch(written->begin(), written->end(), archive.begin(), archive.end()).first;
  return fmt::format("zip metadata changed: {} is not stored as in a bundle",
                     PartAt(members, static_cast<std::size_t>(differs - written->begin())));
}

}  // namespace

std::vector<std::string> DescribeForm(std::string_view archive, const ZipContents& contents) {
  std::vector<std::string> breaches;
  const std::vector<ZipMember>& members = contents.members;
  if (contents.before > 0) {
    breaches.push_back(
        fmt::format("zip metadata changed: bytes before the archive: {}", contents.before));
  }
  if (contents.after > 0) {
    breaches.push_back(
        fmt::format("zip metadata changed: bytes after the archive: {}", contents.after));
  }
  const auto behind =
      std::is_sorted_until(members.begin(), members.end(),
                           [](const ZipMember& a, const ZipMember& b) { return a.name < b.name; });
  if (behind != members.end()) {
    breaches.push_back(fmt::format("re-ordered: {} stands after {}", ShowLine(behind->name),
                                   ShowLine((behind - 1)->name)));
  }
  const bool intact = std::all_of(members.begin(), members.end(),
                                  [](const ZipMember& member) { return member.intact; });
  if (!intact) return breaches;
  archive.remove_prefix(contents.before);
  std::string changed =
      DescribeMetadata(archive.substr(0, archive.size() - contents.after), members);
  if (!changed.empty()) breaches.push_back(std::move(changed));
  return breaches;
}

}  // namespace conform
