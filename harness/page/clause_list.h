// Collects a contract's clauses, with ids of their own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "contract/clause.h"
#include "page/page_context.h"

namespace conform {

/// What an importer says of a fact.
struct ClauseEntry {
  std::string id;  ///< without the prefix; a number is added where it is taken.
  std::string about;
  Binds binds = Binds::kService;
  std::string says;
  std::string untested = {};
};

/// Without a source: a must, or an observation where it binds nobody. `ids` are those taken, and
/// the clause's own from then on.
Clause MakeClause(ClauseEntry entry, const std::string& prefix, std::set<std::string>& ids);

class ClauseList {
 public:
  ClauseList(const Page& page, std::string prefix) : page_(page), prefix_(std::move(prefix)) {}

  void Add(ClauseEntry entry, const std::vector<Place>& places);

  std::vector<Clause> Take() { return std::move(clauses_); }

 private:
  const Page& page_;
  std::string prefix_;
  std::set<std::string> ids_;
  std::vector<Clause> clauses_;
};

}  // namespace conform
