#include "base/folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/ascii.h"

namespace conform {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kExtension = ".yaml";

/// A file whose whole name is `.yaml` has no extension.
bool EndsInYaml(std::string_view path) {
  return path.size() > kExtension.size() && path.ends_with(kExtension) &&
         path[path.size() - kExtension.size() - 1] != '/';
}

/// A slash comes before any other character, so that a folder's files stand together.
int RankOf(char c) { return c == '/' ? 0 : static_cast<unsigned char>(c); }

}  // namespace

bool StandsBefore(const fs::path& a, const fs::path& b) {
  const std::string& left = a.native();
  const std::string& right = b.native();
  const auto [at, other] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (at == left.end() || other == right.end()) return at == left.end() && other != right.end();
  return RankOf(*at) < RankOf(*other);
}

std::optional<fs::path> ResolveBelow(const fs::path& folder, const fs::path& file) {
  std::error_code ignored;
  const fs::path whole =
      fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder, ignored), ignored);
  const fs::path target = fs::weakly_canonical(fs::absolute(file, ignored), ignored);
  auto [above, rest] = std::mismatch(whole.begin(), whole.end(), target.begin(), target.end());
  if (above != whole.end()) return std::nullopt;
  fs::path below = folder;
  for (; rest != target.end(); ++rest) below /= *rest;
  return below;
}

bool LiesBelow(const fs::path& folder, const fs::path& file) {
  return ResolveBelow(folder, file).has_value();
}

YamlFiles FindYamlFiles(const fs::path& folder, Diagnostics& diagnostics,
                        const std::string& advice) {
  YamlFiles found;
  std::error_code failed;
  fs::path last = folder;
  fs::recursive_directory_iterator each(folder, failed);
  for (; !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    const fs::path& path = each->path();
    last = path;
    std::error_code ignored;
    if (each->is_symlink(ignored) && fs::is_directory(path, ignored)) {
      diagnostics.AddFile(path.string(), "is a link to a folder, which is not entered",
                          "put the folder itself there, or take the link away");
      continue;
    }
    if (!EndsInYaml(path.native())) {
      const std::string lower = ToLower(path.extension().string());
      if (lower == ".yaml" || lower == ".yml") found.misnamed.push_back(path);
      continue;
    }
    if (each->is_symlink(ignored) && !LiesBelow(folder, path)) {
      diagnostics.AddFile(path.string(),
                          fmt::format("is a link that leads out of {}", folder.string()),
                          "put the file itself there");
      continue;
    }
    found.files.push_back(path);
  }
  if (failed) {
    diagnostics.AddFile(last.string(), fmt::format("cannot be read: {}", failed.message()), advice);
  }
  std::sort(found.files.begin(), found.files.end(), StandsBefore);
  std::sort(found.misnamed.begin(), found.misnamed.end(), StandsBefore);
  return found;
}

void TellMisnamedFile(const fs::path& file, std::string_view what, Diagnostics& diagnostics) {
  diagnostics.AddFile(file.string(), fmt::format("is not read: {} end in .yaml", what),
                      "rename it");
}

}  // namespace conform
