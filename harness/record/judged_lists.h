// Verdicts of tests alike judge the same clauses: a large run keeps each such list once.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "verdict/verdict.h"

namespace conform {

/// Safe to use from several threads.
class JudgedLists {
 public:
  /// Where an equal list was seen before, the verdict shares that one from here on.
  void Share(Verdict& verdict);

  /// The JSON text of a list that a verdict shares, made once; null of any other. It stays where it
  /// is.
  const std::string* TextOf(const SharedList<JudgedClause>& list) const;

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

  mutable std::mutex mutex_;
  Lists<JudgedClause> judged_;
  Lists<ClauseKey> client_kept_;
  std::unordered_map<const void*, std::string> texts_;  // by identity
};

}  // namespace conform
