#include "mock/client_json.h"

#include "base/json_depth.h"

namespace conform {

nlohmann::json ReadClientJson(std::string_view text) {
  if (JsonDepth(text) > kDeepestClientJson) return nlohmann::json::value_t::discarded;
  return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace conform
