// Reads the request half of a contract: server, method, path, parameters, headers, body.
#pragma once

#include "base/map_reader.h"
#include "contract/contract.h"
#include "contract/fact.h"

namespace conform {

/// Fills the members of `contract` that say what a proper request is.
void LoadRequest(const YamlContext& context, MapReader& reader, Contract& contract,
                 FactList& facts);

}  // namespace conform
