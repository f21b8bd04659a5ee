// Reads clauses: what those of contracts and of protocol sets have in common, and a contract's.
#pragma once

#include <vector>

#include "base/map_reader.h"
#include "contract/clause.h"
#include "contract/fact.h"

namespace conform {

/// Reads id, binds, strength, says and untested.
Clause LoadClauseCore(const YamlContext& context, MapReader& reader);

/// A contract's clauses. Each is about a fact of `facts` and binds whom that fact binds, or nobody
/// where it is an observation beside another; each fact has a clause; ids are unique.
std::vector<Clause> LoadClauses(const YamlContext& context, const YamlEntry& entry,
                                const FactList& facts);

/// Adds a diagnostic for each id that an earlier clause has.
void CheckUniqueIds(const YamlContext& context, const std::vector<const Clause*>& clauses);

}  // namespace conform
