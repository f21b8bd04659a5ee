#include "record/judged_lists.h"

#include <functional>
#include <string>

namespace conform {
namespace {

std::size_t Join(std::size_t hash, const std::string& text) {
  return hash * 31 + std::hash<std::string>()(text);
}

std::size_t Hash(const ClauseKey& key) {
  return Join(std::hash<std::string>()(key.id), key.edition);
}
std::size_t Hash(const JudgedClause& judged) {
  return Hash(judged.clause) * 2 + (judged.kept ? 1 : 0);
}

template <typename T>
void ShareList(SharedList<T>& list, std::unordered_multimap<std::size_t, SharedList<T>>& seen) {
  if (list.empty()) return;
  std::size_t hash = list.size();
  for (const T& each : list) hash = hash * 31 + Hash(each);
  const auto [begin, end] = seen.equal_range(hash);
  for (auto each = begin; each != end; ++each) {
    if (each->second == list) {
      list = each->second;
      return;
    }
  }
  seen.emplace(hash, list);
}

}  // namespace

void JudgedLists::Share(Verdict& verdict) {
  ShareList(verdict.judged, judged_);
  ShareList(verdict.client_kept, client_kept_);
}

}  // namespace conform
