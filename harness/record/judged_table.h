// Lists of judged clauses that tests of a file name by a key.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/shared_list.h"
#include "verdict/verdict.h"

namespace conform {

/// A list may be asked for before it was read: who has it shares what comes.
class JudgedTable {
 public:
  SharedList<JudgedClause> Find(const std::string& key) {
    return SharedList<JudgedClause>(Entry(key));
  }

  void Add(const std::string& key, std::vector<JudgedClause> clauses) {
    *Entry(key) = std::move(clauses);
  }

  /// The key of a list that was asked for and never came; empty: there is none.
  std::string FindMissing() const {
    for (const auto& [key, clauses] : lists_) {
      if (clauses->empty()) return key;
    }
    return "";
  }

 private:
  const std::shared_ptr<std::vector<JudgedClause>>& Entry(const std::string& key) {
    auto& entry = lists_[key];
    if (entry == nullptr) entry = std::make_shared<std::vector<JudgedClause>>();
    return entry;
  }

  std::map<std::string, std::shared_ptr<std::vector<JudgedClause>>> lists_;
};

}  // namespace conform
