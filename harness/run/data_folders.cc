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
  std::error_code ignored;
  const bool bundled = !fs::is_directory("specs", ignored) && !fs::is_directory("cases", ignored);
  const fs::path bundled_specs = FirstFolder({installed / "specs", built / "specs"});
  return {FirstFolder({"specs", bundled_specs}),
          bundled ? FirstFolder({installed / "cases", built / "cases"}) : fs::path("cases"),
          FirstFolder({installed / "profiles", built / "profiles"}), bundled_specs, bundled};
}

fs::path ProgramPath() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

}  // namespace conform
