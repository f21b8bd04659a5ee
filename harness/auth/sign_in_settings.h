// Where the token of each identity comes from, as a profile says it: names of secrets, no secrets.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/identity.h"

namespace conform {

struct VariableSource {
  std::string variable;
};
struct FileSource {
  std::filesystem::path file;  ///< holds the token alone.
};
struct CommandSource {
  /// The first is looked for on the PATH; no shell reads them.
  std::vector<std::string> arguments;
  std::chrono::milliseconds timeout{30'000};
};
/// An application that signs in by itself with its secret (RFC 6749 §4.4) at Microsoft Entra.
struct ClientSecretSource {
  std::string authority;  ///< origin: `https://login.microsoftonline.com`.
  std::string tenant;
  std::string client;
  std::string secret_variable;
  std::string scope;  ///< empty: all of the target that the application was granted.
};

using IdentitySource = std::variant<VariableSource, FileSource, CommandSource, ClientSecretSource>;
using IdentitySources = std::map<IdentityKind, IdentitySource>;

}  // namespace conform
