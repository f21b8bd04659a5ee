#include "report/coverage_tables.h"

#include <fmt/format.h>

#include <cstddef>
#include <map>

namespace conform {
namespace {

std::string TitleOf(const ClauseRecord& clause) {
  if (!clause.IsContract()) return "protocol " + clause.key.id.substr(0, clause.key.id.find('.'));
  return fmt::format("{}, edition {}", clause.key.operation, clause.key.edition);
}

}  // namespace

std::vector<CoverageTable> MakeCoverageTables(const std::vector<ClauseCoverage>& coverage) {
  std::vector<CoverageTable> tables;
  std::map<std::string, std::size_t> places;
  for (const bool contract : {true, false}) {
    for (const ClauseCoverage& entry : coverage) {
      if (entry.clause->IsContract() != contract) continue;
      std::string title = TitleOf(*entry.clause);
      const auto [place, is_new] = places.try_emplace(title, tables.size());
      if (is_new) tables.push_back({std::move(title), {}});
      tables[place->second].clauses.push_back(&entry);
    }
  }
  return tables;
}

}  // namespace conform
