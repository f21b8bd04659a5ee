// The folders in which conform keeps what is one user's.
#pragma once

#include <filesystem>

#include "auth/environment_tokens.h"
#include "base/error.h"

namespace conform {

/// `$XDG_STATE_HOME/conform`, `$HOME/.local/state/conform` where that is not set or no whole path
/// (XDG Base Directory Specification); empty where neither is.
std::filesystem::path StateFolder(const Environment& environment);
/// `$XDG_CONFIG_HOME/conform`, else `$HOME/.config/conform`, in the same way.
std::filesystem::path ConfigFolder(const Environment& environment);

/// Makes the state folder where it is missing: sign-ins are kept there, so it is open to its user
/// alone. Errors: errno's message.
Expected<void> MakeStateFolder(const std::filesystem::path& folder);

}  // namespace conform
