// Reads which answers a contract promises, and when.
#pragma once

#include "base/map_reader.h"
#include "contract/contract.h"
#include "contract/fact.h"

namespace conform {

/// Fills `responses` and `mock_lasts`; each response becomes a fact `responses.CODE`.
void LoadResponses(const YamlContext& context, MapReader& reader, Contract& contract,
                   FactList& facts);

}  // namespace conform
