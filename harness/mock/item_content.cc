#include "mock/item_content.h"

#include <fmt/format.h>

#include "mock/client_json.h"

namespace conform {
namespace {

using Json = nlohmann::json;

// `properties` of the content's schema, or an empty object.
Json PropertiesOf(const Contract& contract) {
  const auto& content = contract.request_body.content;
  if (content.empty() || !content.front().schema.is_object()) return Json::object();
  const auto properties = content.front().schema.find("properties");
  const bool known = properties != content.front().schema.end() && properties->is_object();
  return known ? *properties : Json::object();
}

std::string TypeOf(const Json& property) {
  const auto type = property.is_object() ? property.find("type") : property.end();
  return property.is_object() && type != property.end() && type->is_string()
             ? type->get<std::string>()
             : "";
}

bool Fits(const Json& value, const std::string& type) {
  if (value.is_null() || type.empty()) return true;
  if (type == "integer") return value.is_number_integer();
  return value.type_name() == type;  // JSON Schema's names are JSON's own.
}

}  // namespace

tl::expected<Json, std::string> ReadItem(const Contract& contract, const MockRequest& request) {
  Json item = ReadClientJson(request.body);
  if (!item.is_object()) {
    return tl::unexpected<std::string>("The content is no JSON object.");
  }
  const Json properties = PropertiesOf(contract);
  for (const auto& [name, property] : properties.items()) {
    const auto member = item.find(name);
    if (member == item.end() || Fits(*member, TypeOf(property))) continue;
    return tl::unexpected<std::string>(
        fmt::format("The member '{}' is no {}.", name, TypeOf(property)));
  }
  return item;
}

void FillItem(const Contract& contract, Json& item) {
  const Json properties = PropertiesOf(contract);
  for (const auto& [name, property] : properties.items()) {
    if (item.contains(name)) continue;
    item[name] = TypeOf(property) == "array" ? Json::array() : Json();
  }
}

}  // namespace conform
