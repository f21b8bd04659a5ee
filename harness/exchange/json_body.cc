#include "exchange/json_body.h"

#include <fmt/format.h>

#include "base/json_depth.h"
#include "base/json_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// nlohmann/json's id for a number that does not fit: JSON all the same (RFC 8259 §6).
constexpr int kNumberOverflow = 406;
constexpr std::size_t kShownCharacters = 80;

bool IsWhole(const Response& response) { return !response.body_cut && !response.still_coded; }

JsonBody Read(const Response& response) {
  JsonBody body{nlohmann::json(nlohmann::json::value_t::discarded), "", false,
                response.decoded_body, IsWhole(response)};
  if (!body.whole || JsonDepth(response.decoded_body) > kMaxJsonDepth) {
    body.unreadable = true;
    return body;
  }
  try {
    body.value = nlohmann::json::parse(JsonText(response.decoded_body));
  } catch (const nlohmann::json::parse_error& error) {
    body.error = fmt::format("not JSON at byte {}", error.byte);
  } catch (const nlohmann::json::exception& error) {
    body.unreadable = error.id == kNumberOverflow;
    if (!body.unreadable) body.error = "not JSON";
  }
  return body;
}

}  // namespace

const JsonBody& ReadJsonBody(const Response& response) {
  const JsonBody* const known = response.read_json.get();
  if (known == nullptr || known->whole != IsWhole(response) ||
      known->text != response.decoded_body) {
    response.read_json = std::make_shared<const JsonBody>(Read(response));
  }
  return *response.read_json;
}

std::string ShowJson(const nlohmann::json& value) {
  if (value.is_object()) return fmt::format("an object of {} members", value.size());
  if (value.is_array()) return fmt::format("an array of {} items", value.size());
  return ShowLine(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                  kShownCharacters);
}

}  // namespace conform
