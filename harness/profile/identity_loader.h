// Reads where the token of each identity comes from.
#pragma once

#include "auth/sign_in_settings.h"
#include "base/map_reader.h"

namespace conform {

/// The key `identities` of a profile. `quiet` shows no line of it: what stands where a source
/// should be may be a secret, and no message quotes it either.
IdentitySources LoadIdentities(MapReader& profile, const YamlContext& quiet);

}  // namespace conform
