#include "record/judged_lists.h"

#include <functional>
#include <string>
#include <utility>

#include "record/run_record_json.h"

namespace conform {
namespace {

std::size_t Hash(const ClauseKey& key) {
  const std::hash<std::string> hash;
  return hash(key.id) * 31 + hash(key.edition);
}
std::size_t Hash(const JudgedClause& judged) {
  return Hash(judged.clause) * 2 + (judged.kept ? 1 : 0);
}

template <typename T>
std::size_t Hash(const SharedList<T>& list) {
  std::size_t hash = list.size();
  for (const T& each : list) hash = hash * 31 + Hash(each);
  return hash;
}

}  // namespace

template <typename T>
bool JudgedLists::ShareList(SharedList<T>& list, std::size_t hash, Lists<T>& seen) {
  if (list.empty()) return false;
  const auto [begin, end] = seen.equal_range(hash);
  for (auto each = begin; each != end; ++each) {
    if (each->second.as_it_came != list) continue;
    SharedList<T> shared = each->second.shared;
    list = std::move(shared);  // a copied list would keep the room of what was added
    return false;
  }
  SharedList<T> shared = list;
  shared.Own();
  seen.emplace(hash, Seen<T>{std::move(list), shared});
  list = std::move(shared);
  return true;
}

void JudgedLists::Share(Verdict& verdict) {
  const std::size_t of_client = Hash(verdict.client_kept);
  const std::size_t of_judged = Hash(verdict.judged);
  const std::lock_guard lock(mutex_);
  ShareList(verdict.client_kept, of_client, client_kept_);
  if (!ShareList(verdict.judged, of_judged, judged_)) return;
  AppendJson(verdict.judged, texts_[verdict.judged.Identity()]);
}

const std::string* JudgedLists::TextOf(const SharedList<JudgedClause>& list) const {
  if (list.Identity() == nullptr) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto found = texts_.find(list.Identity());
  return found == texts_.end() ? nullptr : &found->second;
}

}  // namespace conform
