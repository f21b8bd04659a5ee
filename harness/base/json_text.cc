#include "base/json_text.h"

namespace conform {

nlohmann::json ReadJsonText(std::string_view text) {
  return nlohmann::json::parse(JsonText(text), nullptr, /*allow_exceptions=*/false);
}

}  // namespace conform
