// What of a value was found to break a schema, in bounded memory.
#pragma once

#include <string>
#include <vector>

#include "contract/json_schema.h"

namespace conform {

/// Keeps the first breach, and how many other places there are; the first told lies deepest.
class SchemaBreachLog {
 public:
  /// What is told of a place again, or of one above a place that was told, follows from that: it is
  /// left out. So is all that comes once it is full.
  void Add(std::string pointer, const std::string& message);
  void AddAll(const SchemaBreachLog& other);

  /// More places than are counted were told.
  bool IsFull() const { return places_.size() > kMostBreaches; }
  /// Says nothing where nothing was told.
  SchemaBreach first() const;

 private:
  static constexpr std::size_t kMostBreaches = 100;

  std::string message_;  // of the first place
  std::vector<std::string> places_;
};

}  // namespace conform
