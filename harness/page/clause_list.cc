#include "page/clause_list.h"

#include <fmt/format.h>

#include <utility>

namespace conform {

Clause MakeClause(ClauseEntry entry, const std::string& prefix, std::set<std::string>& ids) {
  Clause clause;
  clause.id = prefix + "." + entry.id;
  for (int number = 2; !ids.insert(clause.id).second; ++number) {
    clause.id = fmt::format("{}.{}_{}", prefix, entry.id, number);
  }
  clause.about = std::move(entry.about);
  clause.binds = entry.binds;
  clause.strength = entry.binds == Binds::kNobody ? Strength::kObserve : Strength::kMust;
  clause.says = std::move(entry.says);
  clause.untested = std::move(entry.untested);
  return clause;
}

void ClauseList::Add(ClauseEntry entry, const std::vector<Place>& places) {
  Clause clause = MakeClause(std::move(entry), prefix_, ids_);
  clause.source = Cite(page_, places);
  clauses_.push_back(std::move(clause));
}

}  // namespace conform
