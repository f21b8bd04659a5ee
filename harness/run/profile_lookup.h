// Finds the profile that is asked for: by path, a built-in's name, or the name of one of the
// user's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "auth/environment_tokens.h"
#include "base/diagnostic.h"
#include "profile/profile.h"

namespace conform {

/// What has a `/` or ends with .yaml.
bool NamesProfileFile(const std::string& name);

/// A name is looked for in `built_in` and in
/// `$XDG_CONFIG_HOME/conform` (`$HOME/.config/conform`); one that both have is refused. Nothing
/// where `diagnostics` got an error; of an unknown name it tells which there are.
std::optional<Profile> FindProfile(const std::string& name, const std::filesystem::path& built_in,
                                   const Environment& environment, Diagnostics& diagnostics);

/// A cloud in which a service runs: a contract's `clouds` name those it exists in.
struct Cloud {
  std::string name;
  Origin origin;
};

/// Of the built-in profiles, those that name a service: they bear its clouds' names.
std::vector<Cloud> ReadClouds(const std::filesystem::path& built_in);

/// The profile's settings, with the variables of this process.
ConnectionSettings ConnectionOf(const Profile& profile);

}  // namespace conform
