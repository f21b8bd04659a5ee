// Reads `resource:`, what the mock keeps or shows for an operation.
#pragma once

#include "base/map_reader.h"
#include "contract/contract.h"

namespace conform {

/// `{collection, does, key, page_size}` or `{shows: {MEMBER: {of, while, before, during, after}}}`.
/// Diagnostics too where the contract's method, path or success answer does not fit it; these are
/// read before.
void LoadMockResource(const YamlContext& context, MapReader& reader, Contract& contract);

}  // namespace conform
