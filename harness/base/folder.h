// Files below a folder, and whether they really lie there.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace conform {

/// `file`, every symbolic link followed, as a path that begins with `folder` and holds neither a
/// link nor `..` behind it: to be opened in place of `file`, so that what was looked at is what is
/// read. Nothing where it lies elsewhere. Both may be relative to the working directory; `file`
/// need not exist.
std::optional<std::filesystem::path> ResolveBelow(const std::filesystem::path& folder,
                                                  const std::filesystem::path& file);

/// Whether ResolveBelow finds it there.
bool LiesBelow(const std::filesystem::path& folder, const std::filesystem::path& file);

/// The order of std::filesystem::path for paths of files, which here takes no path apart: sorting
/// ten thousand of them would take longer than reading the files' YAML.
bool StandsBefore(const std::filesystem::path& a, const std::filesystem::path& b);

struct YamlFiles {
  std::vector<std::filesystem::path> files;     ///< that end in .yaml.
  std::vector<std::filesystem::path> misnamed;  ///< that look like YAML and do not: .yml, .YAML.
};

/// Every file below `folder` that looks like YAML, each list sorted. A folder that is a link is not
/// entered, which is told. A link that leads out is no file of the folder and is told: whoever may
/// add files to a project shall not have others of the machine read, and quoted in a diagnostic.
/// `advice` is what to do where the folder cannot be read.
YamlFiles FindYamlFiles(const std::filesystem::path& folder, Diagnostics& diagnostics,
                        const std::string& advice = "");

/// Tells a file that would be overlooked. `what` are the files of its folder: `contracts`.
void TellMisnamedFile(const std::filesystem::path& file, std::string_view what,
                      Diagnostics& diagnostics);

}  // namespace conform
