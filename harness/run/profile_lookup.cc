#include "run/profile_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "auth/user_folder.h"
#include "base/nearest_name.h"
#include "run/run_host.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ProfileNames(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator each(folder, failed); !failed && each != fs::directory_iterator();
       each.increment(failed)) {
    if (each->path().extension() == ".yaml") names.push_back(each->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// `; your own in FOLDER: lab or site`; empty where no folder is known.
std::string DescribeOwn(const fs::path& folder) {
  if (folder.empty()) return "";
  const std::vector<std::string> names = ProfileNames(folder);
  return fmt::format("; your own in {}: {}", folder.string(),
                     names.empty() ? "none" : JoinOr({names.begin(), names.end()}));
}

/// `blamed` is told where the file cannot be read.
std::optional<Profile> LoadFrom(const fs::path& file, const std::string& blamed,
                                const Environment& environment, Diagnostics& diagnostics) {
  const auto source = SourceText::Load(file);
  if (source) return LoadProfile(*source, diagnostics, environment);
  diagnostics.AddFile(blamed, source.error().message);
  return std::nullopt;
}

std::optional<Profile> FindAndLoad(const std::string& name, const fs::path& built_in,
                                   const Environment& environment, Diagnostics& diagnostics) {
  if (NamesProfileFile(name)) return LoadFrom(name, name, environment, diagnostics);
  const fs::path own = ConfigFolder(environment);
  const fs::path built_in_file = built_in / (name + ".yaml");
  const fs::path own_file = own.empty() ? fs::path() : own / (name + ".yaml");
  std::error_code ignored;
  const bool is_built_in = fs::exists(built_in_file, ignored);
  const bool is_own = !own_file.empty() && fs::exists(own_file, ignored);
  const std::string flag = fmt::format("--profile {}", name);
  if (is_built_in && is_own) {
    diagnostics.AddFile(flag,
                        fmt::format("two profiles have this name: {} and {}",
                                    built_in_file.string(), own_file.string()),
                        "rename your own, or name one of them by its path");
    return std::nullopt;
  }
  if (is_built_in) return LoadFrom(built_in_file, flag, environment, diagnostics);
  if (is_own) return LoadFrom(own_file, flag, environment, diagnostics);
  const std::string path = name + ".yaml";
  if (fs::exists(path, ignored)) {
    diagnostics.AddFile(flag, "no such profile",
                        fmt::format("for the file write --profile {}", path));
    return std::nullopt;
  }
  const std::vector<std::string> names = ProfileNames(built_in);
  diagnostics.AddFile(
      flag, "no such profile",
      fmt::format("built in: {}{}; or name one by its path",
                  names.empty() ? "none, they lie in ../share/conform of the program"
                                : JoinOr({names.begin(), names.end()}),
                  DescribeOwn(own)));
  return std::nullopt;
}

}  // namespace

bool NamesProfileFile(const std::string& name) {
  return name.find('/') != std::string::npos || name.ends_with(".yaml");
}

std::optional<Profile> FindProfile(const std::string& name, const fs::path& built_in,
                                   const Environment& environment, Diagnostics& diagnostics) {
  auto profile = FindAndLoad(name, built_in, environment, diagnostics);
  if (profile) profile->asked_for = name;
  return profile;
}

std::vector<Cloud> ReadClouds(const fs::path& built_in) {
  std::vector<Cloud> clouds;
  for (const std::string& name : ProfileNames(built_in)) {
    const auto source = SourceText::Load(built_in / (name + ".yaml"));
    if (!source) continue;
    Diagnostics ignored;
    const auto profile = LoadProfile(*source, ignored);
    if (profile && profile->target) clouds.push_back({profile->name, *profile->target});
  }
  return clouds;
}

ConnectionSettings ConnectionOf(const Profile& profile) {
  ConnectionSettings settings = profile.connection;
  settings.variables = ProcessEnvironment();
  return settings;
}

}  // namespace conform
