#include "mock/client_json.h"

#include "base/json_depth.h"
#include "base/json_text.h"

namespace conform {

nlohmann::json ReadClientJson(std::string_view text) {
  if (JsonDepth(text) > kDeepestClientJson) return nlohmann::json::value_t::discarded;
  return ReadJsonText(text);
}

}  // namespace conform
