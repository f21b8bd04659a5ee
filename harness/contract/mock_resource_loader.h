// Reads `resource:`, what the mock keeps or shows for an operation.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "base/map_reader.h"
#include "contract/contract.h"

namespace conform {

/// `{collection, does, key, page_size}` or `{shows: {MEMBER: {of, while, before, during, after}}}`.
/// Diagnostics too where the contract's method, path or success answer does not fit it; these are
/// read before.
void LoadMockResource(const YamlContext& context, MapReader& reader, Contract& contract);

/// Diagnostics where contracts name the items of one collection by different members: the mock
/// keeps one list for all of them.
void CheckCollectionKeys(const std::vector<Contract>& contracts, Diagnostics& diagnostics);

}  // namespace conform
