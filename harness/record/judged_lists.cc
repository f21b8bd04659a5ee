#include "record/judged_lists.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "base/digest.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

constexpr std::size_t kKeyLetters = 16;
/// Of what grew out of one list so many are found without looking at all of them.
constexpr std::size_t kMostGrown = 16;

/// 68 bits of the digest.
std::string KeyOf(std::string_view json) {
  constexpr std::string_view kConsonants = "bcdfghjklmnpqrstvwxz";
  const std::string digest = Sha256(json);
  std::string key;
  for (std::size_t i = 0; i < kKeyLetters; ++i) {
    key += kConsonants[static_cast<unsigned char>(digest[i]) % kConsonants.size()];
  }
  return key;
}

std::size_t Hash(const ClauseKey& key) { return std::hash<ClauseKey>()(key); }
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
  const std::lock_guard lock(mutex_);
  ShareList(verdict.client_kept, of_client, client_kept_);
  if (verdict.judged.empty()) return;
  // Mostly the same was added to the same list for the test before.
  std::vector<Grown>& grown = grown_[verdict.judged.SharedIdentity()];
  const auto known = std::find_if(grown.begin(), grown.end(), [&](const Grown& each) {
    return each.as_it_came.Added() == verdict.judged.Added();
  });
  if (known != grown.end()) {
    SharedList<JudgedClause> shared = known->shared;
    verdict.judged = std::move(shared);
    return;
  }
  SharedList<JudgedClause> as_it_came = verdict.judged;
  ShareJudged(verdict.judged, Hash(verdict.judged));
  if (grown.size() < kMostGrown) grown.push_back({std::move(as_it_came), verdict.judged});
}

void JudgedLists::ShareJudged(SharedList<JudgedClause>& list, std::size_t hash) {
  if (!ShareList(list, hash, judged_)) return;
  Text& text = texts_.emplace_back();
  AppendJson(list, text.json);
  text.key = KeyOf(text.json);
  by_identity_.emplace(list.Identity(), &text);
}

const JudgedLists::Text* JudgedLists::Find(const SharedList<JudgedClause>& list) const {
  const auto found = by_identity_.find(list.Identity());
  return found == by_identity_.end() ? nullptr : found->second;
}

const JudgedLists::Text* JudgedLists::TextOf(const SharedList<JudgedClause>& list) const {
  const std::lock_guard lock(mutex_);
  return Find(list);
}

const JudgedLists::Text* JudgedLists::Learn(const SharedList<JudgedClause>& list) {
  if (list.Identity() == nullptr) return nullptr;
  const std::lock_guard lock(mutex_);
  if (const Text* known = Find(list)) return known;
  SharedList<JudgedClause> shared = list;
  ShareJudged(shared, Hash(list));
  const Text* const text = Find(shared);
  learnt_.push_back(list);
  by_identity_.emplace(list.Identity(), text);
  return text;
}

}  // namespace conform
