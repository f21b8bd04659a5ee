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

/// A whole number with room for a step up or down in 64 bits.
bool IsMovable(const Json& number) {
  constexpr double kMost = 4e18;
  return number.is_number_integer() && std::abs(number.get<double>()) < kMost;
}

/// The least multiple of `step` that is not below `number`.
Json MultipleOf(const Json& number, const Json& step) {
  if (step <= 0) return number;
  if (IsMovable(number) && IsMovable(step)) {
    const auto whole = number.get<std::int64_t>();
    const auto past = whole % step.get<std::int64_t>();
    return past > 0 ? whole - past + step.get<std::int64_t>() : whole - past;
  }
  constexpr double kRounding = 1e-9;
  const auto of = step.get<double>();
  const double multiple = std::ceil(number.get<double>() / of - kRounding) * of;
  return std::isfinite(multiple) ? Json(multiple) : number;
}

/// By one up or down; a whole number stays one.
Json Moved(const Json& number, int by) {
  if (IsMovable(number)) return number.get<std::int64_t>() + by;
  return number.is_number_integer() ? number : Json(number.get<double>() + by);
}

Json SampleNumber(const Json& schema) {
  const auto bound = [&schema](const char* name) -> const Json& {
    return SchemaMember(schema, name);
  };
  Json number = 1;
  if (const Json& most = bound("maximum"); most.is_number() && most < number) number = most;
  if (const Json& below = bound("exclusiveMaximum"); below.is_number() && below <= number) {
    number = Moved(below, -1);
  }
  if (const Json& least = bound("minimum"); least.is_number()) number = least;
  if (const Json& above = bound("exclusiveMinimum"); above.is_number()) number = Moved(above, 1);
  const Json& step = bound("multipleOf");
  return step.is_number() ? MultipleOf(number, step) : number;
}

/// Of one that is no object: the parts of `allOf` bound one value, the strictest of them.
Json MergeBounds(const Json& schema) {
  Json merged = schema;
  merged.erase("allOf");
  for (const Json& part : schema["allOf"]) {
    if (!part.is_object()) continue;
    const Json whole = SchemaMember(part, "allOf").is_array() ? MergeBounds(part) : part;
    for (const auto& [name, value] : whole.items()) {
      Json& there = merged[name];
      const bool lower = name.starts_with("min") || name == "exclusiveMinimum";
      const bool upper = name.starts_with("max") || name == "exclusiveMaximum";
      const bool weaker = (lower && value < there) || (upper && there < value);
      if (there.is_null() || !weaker) there = value;
    }
  }
  return merged;
}

/// Whether a part of `allOf` says that the value is no object.
bool IsNoObject(const Json& schema) {
  const Json& type = SchemaMember(schema, "type");
  if (type.is_string()) return type != "object";
  const Json& parts = SchemaMember(schema, "allOf");
  return parts.is_array() && std::any_of(parts.begin(), parts.end(), IsNoObject);
}

/// What all parts of `allOf` say of members: one may require what another describes.
void CollectMembers(const Json& schema, Json& members) {
  const Json& own = SchemaMember(schema, "properties");
  if (own.is_object()) members.update(own);
  const Json& parts = SchemaMember(schema, "allOf");
  if (!parts.is_array()) return;
  for (const Json& part : parts) CollectMembers(part, members);
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
    if (SchemaMember(schema, "allOf").is_array()) {
      return IsNoObject(schema) ? Sample(MergeBounds(schema)) : All(schema);
    }
    const Json& types = SchemaMember(schema, "type");
    const Json& type = types.is_array() && !types.empty() ? types.front() : types;
    return OfType(type.is_string() ? type.get<std::string>() : "object", schema);
  }

 private:
  Json All(const Json& schema) {
    Json members = Json::object();
    CollectMembers(schema, members);
    Json own = schema;
    own.erase("allOf");
    Json sample = Object(own, members);
    for (const Json& part : schema["allOf"]) {
      Json of_part = Sample(part);
      if (!of_part.is_object()) return of_part;
      sample.update(of_part, /*merge_objects=*/true);
      if (part.is_object() && !part.contains("example") && SchemaMember(part, "allOf").is_null()) {
        sample.update(Object(part, members), /*merge_objects=*/true);
      }
    }
    return sample;
  }

  Json OfType(const std::string& type, const Json& schema) {
    if (type == "string") return SampleText(schema);
    if (type == "integer" || type == "number") return SampleNumber(schema);
    if (type == "boolean") return true;
    if (type == "null") return nullptr;
    return type == "array" ? List(schema) : Object(schema, SchemaMember(schema, "properties"));
  }

  Json List(const Json& schema) {
    constexpr std::size_t kMostItems = 100;
    Json list = Json::array();
    const std::size_t count = CountIn(schema, "minItems", 0, kMostItems);
    while (list.size() < count) list.push_back(Sample(SchemaMember(schema, "items")));
    return list;
  }

  Json Object(const Json& schema, const Json& told) {
    constexpr std::size_t kMostMembers = 100;
    Json object = Json::object();
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

std::string PlainText(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// `a,b` of a list, `name,value` of an object (OpenAPI 3.1 §4.8.12.3, style simple).
std::string JoinedText(const Json& value) {
  std::string text;
  for (const auto& [name, item] : value.items()) {
    if (!text.empty()) text += ',';
    text += (value.is_object() ? name + "," : "") + PlainText(item);
  }
  return text;
}

}  // namespace

Json SampleOf(const Json& schema) { return Sampler().Sample(schema); }

std::string SampleText(const Parameter& parameter) {
  const Json text = {{"type", "string"}};
  const bool told = parameter.schema.is_object() && !parameter.schema.empty();
  Json value = SampleOf(told ? parameter.schema : text);
  if (value == Json::array()) value = {SampleOf(SchemaMember(parameter.schema, "items"))};
  const bool one = parameter.in == Parameter::In::kQuery || parameter.in == Parameter::In::kCookie;
  if (one && value.is_array()) value = Json(value.front());
  if (value == Json::object()) value = SampleOf(text);
  return !one && value.is_structured() ? JoinedText(value) : PlainText(value);
}

std::string ExampleText(const MediaContent& content) {
  const Json& example = content.example;
  const Json value = !example.is_null()         ? example
                     : content.schema.is_null() ? Json::object()
                                                : SampleOf(content.schema);
  if (!IsJsonType(SampleTypeOf(content.media_type))) return PlainText(value);
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace conform
