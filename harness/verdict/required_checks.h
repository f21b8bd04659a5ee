// Holds what protocol clauses ask of the table of checks against what it has.
#pragma once

#include "base/diagnostic.h"
#include "contract/catalog.h"
#include "verdict/check.h"

namespace conform {

/// A diagnostic for each protocol clause that names a check which the table has not, or whose
/// `with:` is not what its check takes.
void RequireChecks(const Catalog& catalog, const CheckTable& checks, Diagnostics& diagnostics);

}  // namespace conform
