// Where the token of an identity would come from, as far as is known without asking anybody.
#pragma once

#include <string>

#include "auth/environment_tokens.h"
#include "profile/profile.h"

namespace conform {

/// In words; empty: from nowhere.
std::string TokenOrigin(const Profile& profile, IdentityKind kind, const Environment& environment);

/// Whether it is one that the process signs itself, with the key that only `conform mock` trusts.
bool IsMocksOwnToken(const Profile& profile, IdentityKind kind, const Environment& environment);

/// The token itself where a variable holds it, CONFORM_TOKEN_… or the one that the profile names;
/// else empty.
std::string TokenAtHand(const Profile& profile, IdentityKind kind, const Environment& environment);

}  // namespace conform
