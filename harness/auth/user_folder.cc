#include "auth/user_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace conform {
namespace {

namespace fs = std::filesystem;

fs::path BaseFolder(std::string_view variable, std::string_view below_home,
                    const Environment& environment) {
  // The specification: a path that is not absolute is to be ignored.
  const fs::path set = environment(variable).value_or("");
  if (set.is_absolute()) return set / "conform";
  const fs::path home = environment("HOME").value_or("");
  return home.is_absolute() ? home / below_home : fs::path();
}

}  // namespace

fs::path StateFolder(const Environment& environment) {
  return BaseFolder("XDG_STATE_HOME", ".local/state/conform", environment);
}

fs::path ConfigFolder(const Environment& environment) {
  return BaseFolder("XDG_CONFIG_HOME", ".config/conform", environment);
}

Expected<void> MakeStateFolder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder.parent_path(), failed);  // what fails is told by the next
  if (::mkdir(folder.c_str(), S_IRWXU) == 0 || errno == EEXIST) return {};
  return Fail(std::generic_category().message(errno));
}

}  // namespace conform
