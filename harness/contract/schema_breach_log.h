// What of a value was found to break a schema, in bounded memory.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "contract/json_schema.h"

namespace conform {

/// Keeps of each kind of place the first, and how many there are.
class SchemaBreachLog {
 public:
  /// What is told of a place again is left out, and so are all kinds that come once it is full.
  /// `depth`: how far down into the value it was seen that it breaks.
  void Add(std::string pointer, const std::string& message, std::size_t depth);
  void AddAll(const SchemaBreachLog& other);

  /// More kinds than are kept were told.
  bool IsFull() const { return !all_; }
  std::size_t CountKinds() const { return kinds_.size(); }
  /// Of what was told first; 0 where nothing was.
  std::size_t FirstDepth() const { return first_depth_; }
  SchemaBreaches Take() const;

 private:
  static constexpr std::size_t kMostKinds = 20;
  static constexpr std::size_t kMostPlaces = 100;  // of one kind

  struct Kind {
    std::string kind;
    std::string message;  // of the first place
    std::vector<std::string> places;
  };

  std::vector<Kind> kinds_;
  std::size_t first_depth_ = 0;
  bool all_ = true;
};

}  // namespace conform
