// What is told while a value is held against a schema: where, what breaks, and of what is only
// tried nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "base/json_place.h"
#include "contract/json_schema.h"
#include "contract/schema_breach_log.h"

namespace conform {

class SchemaTelling {
 public:
  JsonPlace& place() { return place_; }

  void BeginTrying() { ++trying_; }
  void EndTrying() { --trying_; }
  bool IsTrying() const { return trying_ > 0; }
  /// Whether more that breaks would change nothing.
  bool IsEnough() const { return IsTrying() || log_.IsFull(); }
  SchemaBreaches TakeBreaches() const { return log_.Take(); }

  /// Tells it, unless something is only tried. Always false, for who returns whether a value keeps.
  bool Broken(const std::string& message);
  /// The same of what stands, or is missing, right below the place that is judged.
  bool BrokenBelow(JsonPlace::Step step, const std::string& message);

  /// Of schemas none of which fits: what breaks that which fits furthest down into the value, and
  /// of several that which least breaks, as `keep` tells when it holds the value against one; else
  /// `message`, of the value as a whole. Goes down so only some hundred times: at each level it
  /// would go down once for every schema.
  bool BrokenByAll(const nlohmann::json& schemas,
                   const std::function<void(const nlohmann::json&)>& keep,
                   const std::string& message);

 private:
  JsonPlace place_;
  SchemaBreachLog log_;
  std::size_t trying_ = 0;
  int descents_ = 0;
};

}  // namespace conform
