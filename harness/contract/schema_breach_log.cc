#include "contract/schema_breach_log.h"

#include <algorithm>
#include <utility>

#include "base/breach_kind.h"

namespace conform {

void SchemaBreachLog::Add(std::string pointer, const std::string& message, std::size_t depth) {
  if (kinds_.empty()) first_depth_ = depth;
  std::string kind = BreachKind(pointer);
  const auto known = std::find_if(kinds_.begin(), kinds_.end(),
                                  [&](const Kind& each) { return each.kind == kind; });
  if (known == kinds_.end()) {
    all_ = all_ && kinds_.size() < kMostKinds;
    if (all_) kinds_.push_back({std::move(kind), message, {std::move(pointer)}});
    return;
  }
  std::vector<std::string>& places = known->places;
  if (places.size() > kMostPlaces) return;
  // The same place again follows from what was told of it.
  if (std::find(places.begin(), places.end(), pointer) == places.end()) {
    places.push_back(std::move(pointer));
  }
}

void SchemaBreachLog::AddAll(const SchemaBreachLog& other) {
  for (const Kind& kind : other.kinds_) {
    for (const std::string& place : kind.places) Add(place, kind.message, other.first_depth_);
  }
  all_ = all_ && other.all_;
}

SchemaBreaches SchemaBreachLog::Take() const {
  SchemaBreaches breaches;
  breaches.all = all_;
  for (const Kind& each : kinds_) {
    const std::size_t more = each.places.size() - 1;
    breaches.kinds.push_back({each.places.front(), each.message, std::min(more, kMostPlaces),
                              each.places.size() <= kMostPlaces});
  }
  return breaches;
}

}  // namespace conform
