// Reads the name of an environment variable that holds a secret.
#pragma once

#include <string>
#include <string_view>

#include "base/map_reader.h"

namespace conform {

/// Empty where there is none. The diagnostic never quotes what stands there: it may be the secret.
std::string LoadVariableName(MapReader& reader, const YamlContext& context, std::string_view key);
/// The same for a key that must be there.
std::string RequireVariableName(MapReader& reader, const YamlContext& context,
                                std::string_view key);

}  // namespace conform
