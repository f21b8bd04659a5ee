// Reads whom a profile trusts, as whom it signs in, and through which proxy it goes.
#pragma once

#include "base/map_reader.h"
#include "exchange/connection_settings.h"

namespace conform {

/// The keys `ca_file`, `client_certificates` and `proxy`. Files lie in the folder of the profile,
/// or are named by their whole path; one that is not there, cannot be used, or whose private key
/// others can read is a diagnostic. A protected key is tried where `variables` has its password.
/// What stands where a sign-in should be named is never quoted, and told to `quiet`, which shows no
/// line.
ConnectionSettings LoadConnection(MapReader& profile, const YamlContext& context,
                                  const YamlContext& quiet, const VariableLookup& variables);

}  // namespace conform
