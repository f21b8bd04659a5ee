// Where specs/ and cases/ lie: the working directory, else where conform is. The built-in profiles
// lie where it is.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace conform {

struct DataFolders {
  std::filesystem::path specs;
  std::filesystem::path cases;  ///< there may be none yet, beside specs/ of the working directory.
  std::filesystem::path profiles;
  std::filesystem::path bundled_specs = {};  ///< those that come with the program.
  bool bundled = false;  ///< the working directory has neither specs/ nor cases/.
};

/// A folder is the working directory's where it has one, else the one installed with the program
/// (`../share/conform`), else the source tree's, to which the build folder's `share/conform` links.
/// Profiles are never the working directory's, which may be a stranger's: they may name a program.
/// Bundled cases are of the bundled contracts alone: not beside specs/ of the working directory.
DataFolders FindDataFolders(const std::filesystem::path& program);

/// Of the running program.
std::filesystem::path ProgramPath();

}  // namespace conform
