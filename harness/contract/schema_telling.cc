#include "contract/schema_telling.h"

#include <utility>

namespace conform {

bool SchemaTelling::Broken(const std::string& message) {
  if (trying_ > 0) return false;
  log_.Add(place_.Pointer(), message, place_.Depth());
  return false;
}

bool SchemaTelling::BrokenBelow(JsonPlace::Step step, const std::string& message) {
  if (trying_ > 0) return false;
  const std::size_t depth = place_.Depth();
  place_.Enter(step);
  log_.Add(place_.Pointer(), message, depth);
  place_.Leave();
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
    const bool nearer = inner.FirstDepth() > deepest || (inner.FirstDepth() == deepest &&
                                                         inner.CountKinds() < nearest.CountKinds());
    if (!nearer) continue;
    deepest = inner.FirstDepth();
    nearest = std::move(inner);
  }
  if (nearest.CountKinds() == 0) return Broken(message);
  log_.AddAll(nearest);
  return false;
}

}  // namespace conform
