// Reads who may call an operation: the permissions table, old and new, in any language.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "contract/contract.h"
#include "page/page_context.h"

namespace conform {

struct PermissionFact {
  PermissionRule rule;
  std::vector<Place> places;        ///< of the sentence that asks for one, and the row.
  std::vector<Place> order_places;  ///< of the column's head and the row.
};

/// Empty where the page has no permissions table, of which it warns.
std::map<IdentityKind, PermissionFact> ReadPermissions(const PageContext& context);

}  // namespace conform
