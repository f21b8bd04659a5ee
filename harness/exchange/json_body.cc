#include "exchange/json_body.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/count_text.h"
#include "base/cut_mark.h"
#include "base/json_depth.h"
#include "base/json_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// nlohmann/json's id for a number that does not fit: JSON all the same (RFC 8259 §6).
constexpr int kNumberOverflow = 406;
constexpr std::size_t kShownCharacters = 80;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsWhole(const Response& response) { return !response.body_cut && !response.still_coded; }

std::size_t CountMembers(const nlohmann::json& value) {
  std::size_t count = value.is_object() ? value.size() : 0;
  if (value.is_structured()) {
    for (const nlohmann::json& each : value) count += CountMembers(each);
  }
  return count;
}

nlohmann::json NoValue() { return nlohmann::json(nlohmann::json::value_t::discarded); }

/// Sets the value, or why there is none.
void Parse(std::string_view text, JsonBody& body) {
  try {
    body.value = nlohmann::json::parse(JsonText(text));
  } catch (const nlohmann::json::parse_error& error) {
    const std::string replaced = ReplaceLoneSurrogates(text);
    if (replaced == text) {
      body.error = fmt::format("not JSON at byte {}", error.byte);
      return;
    }
    // JSON all the same (RFC 8259 §8.2), if nothing else is wrong with it.
    Parse(replaced, body);
    body.value = NoValue();
    body.unreadable = body.error.empty();
  } catch (const nlohmann::json::exception& error) {
    body.unreadable = error.id == kNumberOverflow;
    if (!body.unreadable) body.error = "not JSON";
  }
}

JsonBody Read(const Response& response) {
  JsonBody body;
  body.value = NoValue();
  body.text = response.decoded_body;
  body.whole = IsWhole(response);
  const JsonExtent extent = body.whole ? MeasureJson(body.text) : JsonExtent();
  if (!body.whole || extent.depth > kMaxJsonDepth) {
    body.unreadable = true;
    return body;
  }
  Parse(body.text, body);
  if (body.value.is_discarded()) return body;
  body.marked = body.text.starts_with(kByteOrderMark);
  if (CountMembers(body.value) < extent.members) body.repeated = FindRepeatedName(body.text);
  return body;
}

/// How many characters its text has at least; counted no further than where it is more than `most`.
std::size_t LeastCharacters(const nlohmann::json& value, std::size_t most) {
  std::size_t least = 1;
  if (value.is_string()) least += CountCharacters(value.get_ref<const std::string&>());
  if (!value.is_structured()) return least;
  for (auto each = value.begin(); each != value.end() && least <= most; ++each) {
    least += 1 + LeastCharacters(*each, most - std::min(least, most));
  }
  return least;
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
  if (value.is_structured() && LeastCharacters(value, kShownCharacters) > kShownCharacters) {
    return ShowJsonSize(value);
  }
  const std::string text = WriteJsonText(value);
  std::string shown = ShowLine(text, kShownCharacters);
  return value.is_structured() && shown.ends_with(kCutMark) ? ShowJsonSize(value) : shown;
}

std::string ShowJsonSize(const nlohmann::json& value) {
  if (value.is_object()) return "an object of " + CountOf(value.size(), "member");
  if (value.is_array()) return "an array of " + CountOf(value.size(), "item");
  return ShowJson(value);
}

}  // namespace conform
