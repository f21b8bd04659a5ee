#include "contract/schema_breach_log.h"

#include <algorithm>
#include <utility>

namespace conform {

void SchemaBreachLog::Add(std::string pointer, const std::string& message) {
  if (IsFull()) return;
  const bool follows = std::any_of(places_.begin(), places_.end(), [&](const std::string& each) {
    return each.starts_with(pointer) &&
           (each.size() == pointer.size() || each[pointer.size()] == '/');
  });
  if (follows) return;
  if (places_.empty()) message_ = message;
  places_.push_back(std::move(pointer));
}

void SchemaBreachLog::AddAll(const SchemaBreachLog& other) {
  for (const std::string& each : other.places_) Add(each, other.message_);
}

SchemaBreach SchemaBreachLog::first() const {
  if (places_.empty()) return {};
  return {places_.front(), message_, std::min(places_.size() - 1, kMostBreaches), !IsFull()};
}

}  // namespace conform
