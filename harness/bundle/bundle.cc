#include "bundle/bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "bundle/dsse.h"
#include "bundle/zip_writer.h"

namespace conform {
namespace {

bool IsBefore(const BundleFile& a, const BundleFile& b) { return a.path < b.path; }

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

/// As the reports are.
Expected<std::string> Mask(std::string statement, const Redactor* redactor) {
  if (redactor == nullptr) return statement;
  std::string masked = redactor->Redact(statement);
  if (masked == statement) return statement;
  const auto told = ReadStatement(masked);
  if (!told || told->subjects != ReadStatement(statement)->subjects || redactor->Holds(masked)) {
    return Fail("no bundle is written: a path of its files, or its statement, holds a secret");
  }
  return masked;
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

Expected<void> CheckBundlePaths(const std::vector<std::string_view>& paths) {
  std::map<std::string, std::string_view> known;  // by their lower case.
  for (const std::string_view path : paths) {
    if (const std::string unsafe = DescribeUnsafeName(path); !unsafe.empty()) {
      return Fail(fmt::format("{} cannot stand in a bundle: its path {}", ShowLine(path), unsafe));
    }
    if (path == kSumsName || path == kStatementName || path == kTimeStampName) {
      return Fail(fmt::format("{} cannot stand in a bundle: the name is the bundle's own", path));
    }
    const auto [first, is_new] = known.emplace(ToLower(path), path);
    if (is_new) continue;
    if (first->second == path) return Fail(fmt::format("{} would stand in the bundle twice", path));
    return Fail(
        fmt::format("{} and {} cannot stand in a bundle together: their names differ in "
                    "case alone",
                    first->second, path));
  }
  return {};
}

Expected<std::string> MakeBundle(const RunRecord& record, const RunOutcome& outcome,
                                 std::vector<BundleFile> files, const BundleSeal& seal,
                                 const Redactor* redactor) {
  if (seal.time_stamper && seal.key == nullptr) {
    return Fail("a time stamp is of a signature: give a key, too");
  }
  std::sort(files.begin(), files.end(), IsBefore);
  std::vector<std::string_view> paths;
  paths.reserve(files.size());
  for (const BundleFile& file : files) paths.push_back(file.path);
  if (const auto checked = CheckBundlePaths(paths); !checked) {
    return tl::unexpected(checked.error());
  }
  std::vector<Subject> subjects = DigestAll(files);
  BundleFile sums{std::string(kSumsName), RenderSums(subjects)};
  subjects.push_back({sums.path, Sha256Hex(sums.bytes)});
  std::sort(subjects.begin(), subjects.end(),
            [](const Subject& a, const Subject& b) { return a.path < b.path; });
  files.push_back(std::move(sums));
  auto statement = Mask(
      RenderStatement(record, outcome, subjects, static_cast<bool>(seal.time_stamper)), redactor);
  if (!statement) return tl::unexpected(statement.error());
  auto sealed = Seal(*std::move(statement), seal);
  if (!sealed) return tl::unexpected(sealed.error());
  std::move(sealed->begin(), sealed->end(), std::back_inserter(files));
  std::sort(files.begin(), files.end(), IsBefore);
  std::vector<ZipEntry> entries;
  entries.reserve(files.size());
  for (const BundleFile& file : files) entries.push_back({file.path, file.bytes});
  return WriteZip(entries);
}

}  // namespace conform
