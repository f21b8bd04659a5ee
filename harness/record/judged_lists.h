// Verdicts of tests alike judge the same clauses: a large run keeps each such list once.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "verdict/verdict.h"

namespace conform {

/// Safe to use from several threads.
class JudgedLists {
 public:
  /// Where an equal list was seen before, the verdict shares that one from here on.
  void Share(Verdict& verdict);

  struct Text {
    /// By which tests name the list: of equal lists the same in every run. Of consonants alone, so
    /// that no word, number or hexadecimal text, which may be a secret, stands in it.
    std::string key;
    std::string json;  ///< of its clauses.
  };
  /// That of a list that a verdict shares, made once; null of any other. It stays where it is.
  const Text* TextOf(const SharedList<JudgedClause>& list) const;
  /// From here on TextOf knows the list, which stays as it is. Null of one that is empty, or that
  /// does not share all it holds.
  const Text* Learn(const SharedList<JudgedClause>& list);

 private:
  template <typename T>
  struct Seen {
    SharedList<T> as_it_came;  ///< what it shared itself tells the next such list at once.
    SharedList<T> shared;
  };
  template <typename T>
  using Lists = std::unordered_multimap<std::size_t, Seen<T>>;

  /// Whether none was equal before; mutex_ is held.
  template <typename T>
  static bool ShareList(SharedList<T>& list, std::size_t hash, Lists<T>& seen);
  /// mutex_ is held.
  void ShareJudged(SharedList<JudgedClause>& list, std::size_t hash);
  const Text* Find(const SharedList<JudgedClause>& list) const;

  mutable std::mutex mutex_;
  Lists<JudgedClause> judged_;
  Lists<ClauseKey> client_kept_;
  using Grown = Seen<JudgedClause>;
  std::unordered_map<const void*, std::vector<Grown>> grown_;  // by what all of a list share
  std::deque<Text> texts_;
  std::unordered_map<const void*, const Text*> by_identity_;
  std::vector<SharedList<JudgedClause>> learnt_;  // keeps their identities
};

}  // namespace conform
