// Reads where the token of each identity comes from.
#pragma once

#include "auth/sign_in_settings.h"
#include "base/map_reader.h"

namespace conform {

/// The key `identities` of a profile. Diagnostics never quote what stands where a source should be:
/// it may be a secret.
IdentitySources LoadIdentities(MapReader& profile, const YamlContext& context);

}  // namespace conform
