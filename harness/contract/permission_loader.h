// Reads the permissions table of a contract.
#pragma once

#include <map>

#include "base/map_reader.h"
#include "contract/contract.h"
#include "contract/fact.h"

namespace conform {

/// Each row becomes a fact `permissions.KIND`.
std::map<IdentityKind, PermissionRule> LoadPermissions(const YamlContext& context,
                                                       const YamlEntry& entry, FactList& facts);

}  // namespace conform
