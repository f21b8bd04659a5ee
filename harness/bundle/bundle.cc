#include "bundle/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "base/utf8.h"
#include "bundle/dsse.h"
#include "bundle/zip_writer.h"

namespace conform {
namespace {

bool IsBefore(const BundleFile& a, const BundleFile& b) { return a.path < b.path; }

Expected<void> CheckPaths(const std::vector<BundleFile>& sorted) {
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const std::string& path = sorted[i].path;
    if (const std::string unsafe = DescribeUnsafeName(path); !unsafe.empty()) {
      return Fail(fmt::format("{} cannot stand in a bundle: its path {}", ShowLine(path), unsafe));
    }
    if (path == kSumsName || path == kStatementName || path == kTimeStampName) {
      return Fail(fmt::format("{} cannot stand in a bundle: the name is the bundle's own", path));
    }
    if (i > 0 && sorted[i - 1].path == path) {
      return Fail(fmt::format("{} would stand in the bundle twice", path));
    }
  }
  return {};
}

std::vector<Subject> DigestAll(const std::vector<BundleFile>& files) {
  std::vector<Subject> subjects;
  subjects.reserve(files.size() + 1);
  for (const BundleFile& file : files) subjects.push_back({file.path, Sha256Hex(file.bytes)});
  return subjects;
}

/// As `sha256sum -c` reads it.
std::string RenderSums(const std::vector<Subject>& subjects) {
  std::string text;
  for (const Subject& subject : subjects) text += subject.sha256 + "  " + subject.path + "\n";
  return text;
}

/// The statement in its envelope, and the time stamp of its signature.
Expected<std::vector<BundleFile>> Seal(std::string statement, const BundleSeal& seal) {
  Envelope envelope{std::string(kPayloadType), std::move(statement), {}};
  std::vector<BundleFile> files;
  if (seal.key != nullptr) {
    auto signature =
        seal.key->Sign(PreAuthenticationEncoding(envelope.payload_type, envelope.payload));
    if (!signature) return tl::unexpected(signature.error());
    if (seal.time_stamper) {
      auto stamp = seal.time_stamper(*signature);
      if (!stamp) return tl::unexpected(stamp.error());
      files.push_back({std::string(kTimeStampName), *std::move(stamp)});
    }
    envelope.signatures.push_back({seal.key->id(), *std::move(signature)});
  }
  files.push_back({std::string(kStatementName), RenderEnvelope(envelope)});
  return files;
}

}  // namespace

Expected<std::string> MakeBundle(const RunRecord& record, const RunOutcome& outcome,
                                 std::vector<BundleFile> files, const BundleSeal& seal) {
  if (seal.time_stamper && seal.key == nullptr) {
    return Fail("a time stamp is of a signature: give a key, too");
  }
  std::sort(files.begin(), files.end(), IsBefore);
  if (const auto checked = CheckPaths(files); !checked) return tl::unexpected(checked.error());
  std::vector<Subject> subjects = DigestAll(files);
  BundleFile sums{std::string(kSumsName), RenderSums(subjects)};
  subjects.push_back({sums.path, Sha256Hex(sums.bytes)});
  std::sort(subjects.begin(), subjects.end(),
            [](const Subject& a, const Subject& b) { return a.path < b.path; });
  files.push_back(std::move(sums));
  auto sealed =
      Seal(RenderStatement(record, outcome, subjects, static_cast<bool>(seal.time_stamper)), seal);
  if (!sealed) return tl::unexpected(sealed.error());
  std::move(sealed->begin(), sealed->end(), std::back_inserter(files));
  std::sort(files.begin(), files.end(), IsBefore);
  std::vector<ZipEntry> entries;
  entries.reserve(files.size());
  for (const BundleFile& file : files) entries.push_back({file.path, file.bytes});
  return WriteZip(entries);
}

}  // namespace conform
