#include "base/folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/ascii.h"

namespace conform {

namespace fs = std::filesystem;

bool LiesBelow(const fs::path& folder, const fs::path& file) {
  std::error_code ignored;
  const fs::path whole =
      fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder, ignored), ignored);
  const fs::path target = fs::weakly_canonical(fs::absolute(file, ignored), ignored);
  return std::mismatch(whole.begin(), whole.end(), target.begin(), target.end()).first ==
         whole.end();
}

std::vector<fs::path> FindFilesBelow(const fs::path& folder, std::string_view extension,
                                     Diagnostics& diagnostics, const std::string& advice) {
  std::vector<fs::path> files;
  std::error_code failed;
  fs::recursive_directory_iterator each(folder, failed);
  for (; !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    const fs::path& path = each->path();
    if (path.extension() != extension) continue;
    std::error_code ignored;
    if (each->is_symlink(ignored) && !LiesBelow(folder, path)) {
      diagnostics.AddFile(path.string(),
                          fmt::format("is a link that leads out of {}", folder.string()),
                          "put the file itself there");
      continue;
    }
    files.push_back(path);
  }
  if (failed) {
    diagnostics.AddFile(folder.string(), fmt::format("cannot be read: {}", failed.message()),
                        advice);
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> FindMisnamedFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;  // FindFilesBelow tells it
  fs::recursive_directory_iterator each(folder, failed);
  for (; !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    const std::string extension = each->path().extension().string();
    const std::string lower = ToLower(extension);
    if (extension != ".yaml" && (lower == ".yaml" || lower == ".yml")) {
      files.push_back(each->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

void TellMisnamedFile(const fs::path& file, std::string_view what, Diagnostics& diagnostics) {
  diagnostics.AddFile(file.string(), fmt::format("is not read: {} end in .yaml", what),
                      "rename it");
}

}  // namespace conform
