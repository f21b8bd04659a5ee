// Verdicts of tests alike judge the same clauses: a large run keeps each such list once.
#pragma once

#include <unordered_map>

#include "verdict/verdict.h"

namespace conform {

/// For one thread at a time.
class JudgedLists {
 public:
  /// Where an equal list was seen before, the verdict shares that one from here on.
  void Share(Verdict& verdict);

 private:
  std::unordered_multimap<std::size_t, SharedList<JudgedClause>> judged_;
  std::unordered_multimap<std::size_t, SharedList<ClauseKey>> client_kept_;
};

}  // namespace conform
