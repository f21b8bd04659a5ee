// What the mock keeps or shows for an operation: its own, not a fact, and never diffed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/source_text.h"

namespace conform {

/// A member of an answer that shows how another operation's effect stands.
struct ShownState {
  std::string member;
  std::string operation;  ///< whose success begins the state.
  std::string state;      ///< lasts as long as that operation's `mock:` says.
  std::string before;     ///< shown where it never succeeded.
  std::string during;
  std::string after;
};

/// An operation on a collection that the mock keeps per tenant, or on states that it shows.
struct MockResource {
  enum class Does { kShow, kCreate, kRead, kList, kUpdate, kDelete };
  Does does = Does::kShow;
  std::string collection;         ///< empty where the operation shows states.
  std::string key = "id";         ///< the member that names an item.
  Span key_span;                  ///< where it is written, else the collection's name.
  std::size_t page_size = 0;      ///< of kList: the most items a page has; 0: all.
  std::vector<ShownState> shows;  ///< of kShow.
};

}  // namespace conform
