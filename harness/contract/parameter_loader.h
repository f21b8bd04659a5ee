// Reads the parameters of a contract and holds them against its paths.
#pragma once

#include "base/map_reader.h"
#include "contract/contract.h"
#include "contract/fact.h"

namespace conform {

/// Fills `contract.parameters`; each becomes a fact `parameters.NAME`. `contract.paths` are read
/// already: every `{name}` needs its path parameter, and every path parameter its `{name}`.
void LoadParameters(const YamlContext& context, MapReader& reader, Contract& contract,
                    FactList& facts);

}  // namespace conform
