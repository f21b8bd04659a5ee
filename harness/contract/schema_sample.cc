#include "contract/schema_sample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
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

/// A count that a keyword sets, at most `most`. What YAML writes as a number is a signed one.
std::size_t CountIn(const Json& schema, const char* name, std::size_t otherwise, std::size_t most) {
  const Json& value = SchemaMember(schema, name);
  if (!value.is_number_integer() || value < 0) return otherwise;
  return static_cast<std::size_t>(std::min<std::uint64_t>(value.get<std::uint64_t>(), most));
}

Json SampleText(const Json& schema) {
  constexpr std::size_t kLongest = 10'000;
  constexpr std::pair<std::string_view, std::string_view> kFormats[] = {
      {"date-time", "2026-01-15T09:30:00Z"},
      {"date", "2026-01-15"},
      {"time", "09:30:00Z"},
      {"uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6"},
      {"email", "someone@example.com"},
      {"uri", "https://example.com/"},
      {"ipv4", "192.0.2.1"}};
  const Json& format = SchemaMember(schema, "format");
  for (const auto& [name, sample] : kFormats) {
    if (format == name) return sample;
  }
  std::string text = "text";
  text.resize(std::max(text.size(), CountIn(schema, "minLength", 0, kLongest)), 'x');
  text.resize(std::min(text.size(), CountIn(schema, "maxLength", text.size(), kLongest)));
  return text;
}

/// A whole number where it is one.
Json NumberOf(double value) {
  constexpr double kMostExact = 9'007'199'254'740'992;  // 2^53
  if (std::trunc(value) == value && std::abs(value) <= kMostExact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

Json SampleNumber(const Json& schema) {
  const auto bound = [&schema](const char* name) -> std::optional<double> {
    const Json& value = SchemaMember(schema, name);
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
  };
  double number = 1;
  if (const auto most = bound("maximum")) number = std::min(number, *most);
  if (const auto below = bound("exclusiveMaximum"); below && number >= *below) number = *below - 1;
  if (const auto least = bound("minimum")) number = *least;
  if (const auto above = bound("exclusiveMinimum")) number = *above + 1;
  const auto step = bound("multipleOf");
  return NumberOf(step && *step > 0 ? std::ceil(number / *step) * *step : number);
}

/// What the parts of `allOf` say of one value, as if one schema said it.
Json MergeAll(const Json& schema) {
  Json merged = schema;
  merged.erase("allOf");
  for (const Json& part : schema["allOf"]) {
    if (!part.is_object()) continue;
    const Json whole = SchemaMember(part, "allOf").is_array() ? MergeAll(part) : part;
    for (const auto& [name, value] : whole.items()) {
      Json& there = merged[name];
      if (name == "required" && there.is_array() && value.is_array()) {
        there.insert(there.end(), value.begin(), value.end());
      } else if (name == "properties" && there.is_object() && value.is_object()) {
        there.update(value);
      } else {
        there = value;
      }
    }
  }
  return merged;
}

class Sampler {
 public:
  Json Sample(const Json& schema) {
    constexpr int kMostValues = 1'000;
    if (!schema.is_object() || ++values_ > kMostValues) return Json::object();
    for (const char* name : {"example", "const", "default"}) {
      if (schema.contains(name)) return schema[name];
    }
    for (const char* name : {"enum", "oneOf", "anyOf"}) {
      const Json& choices = SchemaMember(schema, name);
      if (!choices.is_array() || choices.empty()) continue;
      return std::string_view(name) == "enum" ? choices.front() : Sample(choices.front());
    }
    if (SchemaMember(schema, "allOf").is_array()) return Sample(MergeAll(schema));
    const Json& types = SchemaMember(schema, "type");
    const Json& type = types.is_array() && !types.empty() ? types.front() : types;
    return OfType(type.is_string() ? type.get<std::string>() : "object", schema);
  }

 private:
  Json OfType(const std::string& type, const Json& schema) {
    if (type == "string") return SampleText(schema);
    if (type == "integer" || type == "number") return SampleNumber(schema);
    if (type == "boolean") return true;
    if (type == "null") return nullptr;
    return type == "array" ? List(schema) : Object(schema);
  }

  Json List(const Json& schema) {
    constexpr std::size_t kMostItems = 100;
    Json list = Json::array();
    const std::size_t count = CountIn(schema, "minItems", 0, kMostItems);
    while (list.size() < count) list.push_back(Sample(SchemaMember(schema, "items")));
    return list;
  }

  Json Object(const Json& schema) {
    constexpr std::size_t kMostMembers = 100;
    Json object = Json::object();
    const Json& told = SchemaMember(schema, "properties");
    const Json members = told.is_object() ? told : Json::object();
    for (const Json& name : SchemaMember(schema, "required")) {
      if (!name.is_string() || object.contains(name.get<std::string>())) continue;
      object[name.get<std::string>()] = Sample(SchemaMember(members, name.get<std::string>()));
    }
    const std::size_t least = CountIn(schema, "minProperties", 0, kMostMembers);
    for (auto member = members.begin(); member != members.end() && object.size() < least;
         ++member) {
      if (!object.contains(member.key())) object[member.key()] = Sample(*member);
    }
    for (std::size_t number = 1; object.size() < least; ++number) {
      object.emplace("member" + std::to_string(number), "text");
    }
    return object;
  }

  int values_ = 0;
};

}  // namespace

Json SampleOf(const Json& schema) { return Sampler().Sample(schema); }

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
