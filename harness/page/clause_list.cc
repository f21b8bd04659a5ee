#include "page/clause_list.h"

#include <fmt/format.h>

#include <utility>

namespace conform {

void ClauseList::Add(Entry entry, const std::vector<Place>& places) {
  Clause clause;
  clause.id = prefix_ + "." + entry.id;
  for (int number = 2; !ids_.insert(clause.id).second; ++number) {
    clause.id = fmt::format("{}.{}_{}", prefix_, entry.id, number);
  }
  clause.about = std::move(entry.about);
  clause.binds = entry.binds;
  clause.strength = entry.binds == Binds::kNobody ? Strength::kObserve : Strength::kMust;
  clause.says = std::move(entry.says);
  clause.untested = std::move(entry.untested);
  clause.source = Cite(page_, places);
  clauses_.push_back(std::move(clause));
}

}  // namespace conform
