#include "contract/schema_sample.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/http_text.h"
#include "contract/media_range.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// Null where there is none.
const Json& SchemaMember(const Json& schema, std::string_view name) {
  static const Json kNone;
  if (!schema.is_object()) return kNone;
  const auto found = schema.find(std::string(name));
  return found == schema.end() ? kNone : *found;
}

Json SampleText(const Json& schema) {
  constexpr std::pair<std::string_view, std::string_view> kFormats[] = {
      {"date-time", "2026-01-15T09:30:00Z"},
      {"date", "2026-01-15"},
      {"time", "09:30:00Z"},
      {"uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6"},
      {"email", "someone@example.com"},
      {"uri", "https://example.com/"},
      {"ipv4", "192.0.2.1"}};
  const Json format = SchemaMember(schema, "format");
  for (const auto& [name, sample] : kFormats) {
    if (format == name) return sample;
  }
  std::string text = "text";
  const auto bound = [&schema](const char* name, std::size_t otherwise) {
    const Json value = SchemaMember(schema, name);
    return value.is_number_unsigned() ? std::min<std::size_t>(value.get<std::size_t>(), 10'000)
                                      : otherwise;
  };
  text.resize(std::max(text.size(), bound("minLength", 0)), 'x');
  text.resize(std::min(text.size(), bound("maxLength", text.size())));
  return text;
}

Json SampleNumber(const Json& schema) {
  Json least = SchemaMember(schema, "minimum");
  if (least.is_number()) return least;
  const Json above = SchemaMember(schema, "exclusiveMinimum");
  if (above.is_number()) return above.get<double>() + 1;
  const Json most = SchemaMember(schema, "maximum");
  return most.is_number() && most < 1 ? most : Json(1);
}

Json SampleObject(const Json& schema) {
  Json sample = Json::object();
  const Json members = SchemaMember(schema, "properties");
  const Json required = SchemaMember(schema, "required");
  for (const Json& name : required) {
    if (!name.is_string()) continue;
    sample[name.get<std::string>()] = SampleOf(SchemaMember(members, name.get<std::string>()));
  }
  return sample;
}

Json SampleOfType(const std::string& type, const Json& schema) {
  if (type == "string") return SampleText(schema);
  if (type == "integer" || type == "number") return SampleNumber(schema);
  if (type == "boolean") return true;
  if (type == "null") return nullptr;
  if (type != "array") return SampleObject(schema);
  Json sample = Json::array();
  const Json least = SchemaMember(schema, "minItems");
  const std::size_t count =
      least.is_number_unsigned() ? std::min<std::size_t>(least.get<std::size_t>(), 100) : 0;
  while (sample.size() < count) sample.push_back(SampleOf(SchemaMember(schema, "items")));
  return sample;
}

}  // namespace

Json SampleOf(const Json& schema) {
  if (!schema.is_object()) return Json::object();
  for (const char* name : {"example", "const", "default"}) {
    if (schema.contains(name)) return schema[name];
  }
  for (const char* name : {"enum", "oneOf", "anyOf"}) {
    const Json choices = SchemaMember(schema, name);
    if (!choices.is_array() || choices.empty()) continue;
    return std::string_view(name) == "enum" ? choices.front() : SampleOf(choices.front());
  }
  if (schema.contains("allOf") && schema["allOf"].is_array()) {
    Json sample = SampleObject(schema);
    for (const Json& part : schema["allOf"]) {
      Json of_part = SampleOf(part);
      if (!of_part.is_object()) return of_part;
      sample.update(of_part);
    }
    return sample;
  }
  Json type = SchemaMember(schema, "type");
  if (type.is_array() && !type.empty()) type = type.front();
  return SampleOfType(type.is_string() ? type.get<std::string>() : "object", schema);
}

std::string ExampleText(const MediaContent& content) {
  const Json& example = content.example;
  const Json value = !example.is_null()         ? example
                     : content.schema.is_null() ? Json::object()
                                                : SampleOf(content.schema);
  if (!IsJsonType(SampleTypeOf(content.media_type)) && value.is_string())
    return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace conform
