// Reads how an identity signs in: where, as which application, with what.
#pragma once

#include <filesystem>
#include <string_view>

#include "auth/sign_in_settings.h"
#include "base/map_reader.h"

namespace conform {

/// The value of `sign_in`. With a secret, a certificate or an assertion it is an application that
/// signs in by itself, without one an account whose sign-in `conform login` keeps; the identity
/// `application` must be the former.
IdentitySource LoadSignIn(const YamlEntry& entry, IdentityKind kind, const YamlContext& context);
/// The value of `managed_identity`.
IdentitySource LoadManagedIdentity(const YamlEntry& entry, const YamlContext& context);
/// A path that begins at the profile's folder; empty where the key is absent.
std::filesystem::path LoadIdentityFile(MapReader& reader, std::string_view key,
                                       const YamlContext& context);

}  // namespace conform
