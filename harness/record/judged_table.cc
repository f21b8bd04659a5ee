#include "record/judged_table.h"

#include <utility>

namespace conform {

JudgedTable::Entry& JudgedTable::EntryOf(const std::string& key) {
  const auto [place, is_new] = lists_.try_emplace(key);
  if (is_new) {
    place->second.clauses = std::make_shared<std::vector<JudgedClause>>();
    ++open_;
  }
  return place->second;
}

SharedList<JudgedClause> JudgedTable::Find(const std::string& key) {
  return SharedList<JudgedClause>(EntryOf(key).clauses);
}

bool JudgedTable::Add(const std::string& key, std::vector<JudgedClause> clauses) {
  Entry& entry = EntryOf(key);
  if (entry.came) return false;
  entry.came = true;
  --open_;
  *entry.clauses = std::move(clauses);
  return true;
}

std::string JudgedTable::FindMissing() const {
  for (const auto& [key, entry] : lists_) {
    if (!entry.came) return key;
  }
  return "";
}

}  // namespace conform
