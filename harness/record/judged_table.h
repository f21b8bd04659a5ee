// Lists of judged clauses that tests of a file name by a key.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/shared_list.h"
#include "verdict/verdict.h"

namespace conform {

/// A list may be asked for before it was read: who has it shares what comes.
class JudgedTable {
 public:
  SharedList<JudgedClause> Find(const std::string& key);
  /// False where the key came before.
  bool Add(const std::string& key, std::vector<JudgedClause> clauses);

  /// Whether a list was asked for and has not come.
  bool IsOpen() const { return open_ > 0; }
  /// Its key, where one is open.
  std::string FindMissing() const;

 private:
  struct Entry {
    std::shared_ptr<std::vector<JudgedClause>> clauses;
    bool came = false;
  };
  Entry& EntryOf(const std::string& key);

  std::map<std::string, Entry> lists_;
  std::size_t open_ = 0;
};

}  // namespace conform
