// Collects a contract's clauses, with ids of their own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "contract/clause.h"
#include "page/page_context.h"

namespace conform {

class ClauseList {
 public:
  ClauseList(const Page& page, std::string prefix) : page_(page), prefix_(std::move(prefix)) {}

  struct Entry {
    std::string id;  ///< without the prefix; a number is added where it is taken.
    std::string about;
    Binds binds = Binds::kService;
    std::string says;
    std::string untested;
  };

  /// A must, or an observation where it binds nobody.
  void Add(Entry entry, const std::vector<Place>& places);

  std::vector<Clause> Take() { return std::move(clauses_); }

 private:
  const Page& page_;
  std::string prefix_;
  std::set<std::string> ids_;
  std::vector<Clause> clauses_;
};

}  // namespace conform
