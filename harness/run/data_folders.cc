#include "run/data_folders.h"

#include <initializer_list>

namespace conform {
namespace {

namespace fs = std::filesystem;

fs::path FirstFolder(std::initializer_list<fs::path> candidates) {
  std::error_code ignored;
  for (const fs::path& candidate : candidates) {
    if (fs::is_directory(candidate, ignored)) return candidate;
  }
  return *candidates.begin();
}

}  // namespace

DataFolders FindDataFolders(const fs::path& program) {
  const fs::path beside = program.parent_path();
  const fs::path installed = (beside / ".." / "share" / "conform").lexically_normal();
  const fs::path built = beside / "share" / "conform";
  return {FirstFolder({"specs", installed / "specs", built / "specs"}),
          FirstFolder({"cases", installed / "cases", built / "cases"}),
          FirstFolder({"harness/profiles", installed / "profiles", built / "profiles"})};
}

fs::path ProgramPath() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

}  // namespace conform
