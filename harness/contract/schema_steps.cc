#include "contract/schema_steps.h"

namespace conform {

std::size_t StepsOf(const nlohmann::json& schema, const std::string& keyword,
                    const nlohmann::json& argument, const nlohmann::json& value) {
  if (!value.is_object()) return 1;
  if (keyword == "patternProperties") return 1 + argument.size() * value.size();
  if (keyword != "additionalProperties") return 1;
  const auto patterns = schema.find("patternProperties");
  return 1 + (patterns == schema.end() ? 0 : patterns->size() * value.size());
}

}  // namespace conform
