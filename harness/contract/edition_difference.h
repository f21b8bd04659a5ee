// What a client must know of the change from one contract to another: fact by fact, clause by
// clause.
#pragma once

#include <string>
#include <vector>

#include "contract/change_kind.h"
#include "contract/contract.h"

namespace conform {

/// A clause as a change cites it.
struct CitedClause {
  std::string id;
  std::string says;
  std::string source;  ///< `edition 2019-01, Response, sentence bbfb6-130`.
};

struct EditionChange {
  ChangeKind kind = ChangeKind::kUnclassified;
  std::string about;   ///< the fact, e.g. `permissions.application`.
  std::string says;    ///< what changed, in words.
  std::string before;  ///< empty where nothing was said.
  std::string now;
  std::vector<CitedClause> before_clauses;  ///< about the fact.
  std::vector<CitedClause> now_clauses;
};

/// The weightiest first, then by fact in a contract's order; empty where the two say the same of
/// the same page. What the mock keeps is no fact and is not compared. Revision and date name an
/// edition and are no change of it.
std::vector<EditionChange> CompareEditions(const Contract& before, const Contract& now);

}  // namespace conform
