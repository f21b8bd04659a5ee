// Files below a folder, and whether they really lie there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace conform {

/// Whether `file`, every symbolic link followed, lies below `folder`. Both may be relative to the
/// working directory; `file` need not exist.
bool LiesBelow(const std::filesystem::path& folder, const std::filesystem::path& file);

/// Every file below `folder` with that extension (`.yaml`), sorted. Folders that are links are not
/// entered. A link that leads out is no file of the folder and is told: whoever may add files to a
/// project shall not have others of the machine read, and quoted in a diagnostic. `advice` is what
/// to do where the folder cannot be read.
std::vector<std::filesystem::path> FindFilesBelow(const std::filesystem::path& folder,
                                                  std::string_view extension,
                                                  Diagnostics& diagnostics,
                                                  const std::string& advice = "");

/// Files below `folder` that look like YAML and do not end in .yaml: .yml, .YAML. Sorted.
std::vector<std::filesystem::path> FindMisnamedFiles(const std::filesystem::path& folder);

/// Tells a file that would be overlooked. `what` are the files of its folder: `contracts`.
void TellMisnamedFile(const std::filesystem::path& file, std::string_view what,
                      Diagnostics& diagnostics);

}  // namespace conform
