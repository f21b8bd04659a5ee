#include "contract/schema_telling.h"

#include <algorithm>
#include <utility>

namespace conform {

bool SchemaTelling::Broken(const std::string& message) {
  if (trying_ == 0) log_.Add(place_.Pointer(), message);
  return false;
}

bool SchemaTelling::BrokenByAll(const nlohmann::json& schemas,
                                const std::function<void(const nlohmann::json&)>& keep,
                                const std::string& message) {
  constexpr int kMostDescents = 100;
  if (trying_ > 0) return false;
  if (descents_ >= kMostDescents) return Broken(message);
  ++descents_;
  SchemaBreachLog nearest;
  std::size_t deepest = place_.Depth();
  for (const nlohmann::json& each : schemas) {
    SchemaBreachLog outer = std::exchange(log_, {});
    keep(each);
    SchemaBreachLog inner = std::exchange(log_, std::move(outer));
    const std::string told = inner.first().pointer;
    const auto depth = static_cast<std::size_t>(std::count(told.begin(), told.end(), '/'));
    if (depth <= deepest) continue;
    deepest = depth;
    nearest = std::move(inner);
  }
  if (nearest.first().pointer.empty()) return Broken(message);
  log_.AddAll(nearest);
  return false;
}

}  // namespace conform
