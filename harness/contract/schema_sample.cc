#include "contract/schema_sample.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/json_text.h"
#include "base/percent.h"
#include "contract/json_schema.h"
#include "contract/media_range.h"
#include "contract/schema_scalar.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// Whether a part of `allOf` says that the value is no object.
bool IsNoObject(const Json& schema) {
  const Json& type = SchemaMember(schema, "type");
  const Json& first = type.is_array() && !type.empty() ? type.front() : type;
  if (first.is_string()) return first != "object";
  const Json& choices = SchemaMember(schema, "enum");
  if (choices.is_array() && !choices.empty() && !choices.front().is_object()) return true;
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

/// What two parts of `allOf` make of one value: the later counts, but `{}`, which is made where
/// nothing is known, takes no place that has something.
void Merge(const Json& part, Json& whole) {
  for (const auto& [name, value] : part.items()) {
    const auto known = whole.find(name);
    if (known == whole.end()) {
      whole[name] = value;
    } else if (known->is_object() && value.is_object()) {
      Merge(value, *known);
    } else if (value != Json::object()) {
      *known = value;
    }
  }
}

class Sampler {
 public:
  Json Sample(const Json& schema) {
    constexpr int kMostValues = 1'000;
    constexpr std::size_t kMostVariants = 5;
    if (!schema.is_object() || ++values_ > kMostValues) return Json::object();
    if (schema.contains("const")) return schema["const"];
    for (const char* name : {"example", "default"}) {
      if (!schema.contains(name)) continue;
      if (auto documented = AsType(schema[name], schema)) return std::move(*documented);
    }
    Json sample = Made(schema);
    if (!schema.contains("not") || Fits(sample, schema)) return sample;
    for (std::size_t number = 1; number <= kMostVariants; ++number) {
      Json other = Varied(sample, schema, number);
      if (Fits(other, schema)) return other;
    }
    return sample;
  }

 private:
  /// Held against a schema only so often: who asks is answered at once, whatever the schema.
  bool Fits(const Json& sample, const Json& schema) {
    constexpr int kMostTrials = 100;
    if (++trials_ > kMostTrials) return true;
    const auto compiled = JsonSchema::Compile(schema);
    return !compiled || !(*compiled)->Validate(sample);
  }

  Json Made(const Json& schema) {
    if (const Json& choices = SchemaMember(schema, "enum"); choices.is_array() && !choices.empty())
      return choices.front();
    for (const char* name : {"oneOf", "anyOf"}) {
      const Json& choices = SchemaMember(schema, name);
      if (choices.is_array() && !choices.empty()) return Chosen(schema, name);
    }
    if (SchemaMember(schema, "allOf").is_array()) {
      return IsNoObject(schema) ? Sample(MergeBounds(schema)) : All(schema);
    }
    const Json& types = SchemaMember(schema, "type");
    const Json& type = types.is_array() && !types.empty() ? types.front() : types;
    return OfType(type.is_string() ? type.get<std::string>() : "object", schema);
  }

  /// By the first choice that makes what fits; what stands beside the choices holds, too.
  Json Chosen(const Json& schema, const char* name) {
    Json rest = schema;
    rest.erase(name);
    const Json& choices = schema[name];
    std::optional<Json> first;
    for (const Json& choice : choices) {
      Json part = choice;
      if (!rest.empty()) {
        part = rest;
        if (!SchemaMember(part, "allOf").is_array()) part["allOf"] = Json::array();
        part["allOf"].push_back(choice);
      }
      Json sample = Sample(part);
      if (choices.size() == 1 || Fits(sample, schema)) return sample;
      if (!first) first = std::move(sample);
    }
    return *first;
  }

  Json All(const Json& schema) {
    const Json members = MembersOf(schema);
    Json own = schema;
    own.erase("allOf");
    Json sample = Object(own, members);
    for (const Json& part : schema["allOf"]) {
      Json of_part = Sample(part);
      if (!of_part.is_object()) return of_part;
      Merge(of_part, sample);
      if (part.is_object() && !part.contains("example") && SchemaMember(part, "allOf").is_null()) {
        Merge(Object(part, members), sample);
      }
    }
    return sample;
  }

  Json OfType(const std::string& type, const Json& schema) {
    if (type == "string") return SampleString(schema);
    if (type == "integer" || type == "number") return SampleNumber(schema);
    if (type == "boolean") return true;
    if (type == "null") return nullptr;
    return type == "array" ? List(schema) : Object(schema, SchemaMember(schema, "properties"));
  }

  Json List(const Json& schema) {
    constexpr std::size_t kMostItems = 100;
    Json list = Json::array();
    const std::size_t count = CountIn(schema, "minItems", 0, kMostItems);
    const Json& items = SchemaMember(schema, "items");
    const bool unlike = SchemaMember(schema, "uniqueItems") == true;
    for (std::size_t number = 0; number < count; ++number) {
      Json item = Sample(items);
      const bool known = unlike && std::find(list.begin(), list.end(), item) != list.end();
      list.push_back(known ? Varied(item, items, number) : std::move(item));
    }
    return list;
  }

  Json Object(const Json& schema, const Json& told) {
    constexpr std::size_t kMostMembers = 100;
    Json object = Json::object();
    const Json members = told.is_object() ? told : Json::object();
    const Json& others = SchemaMember(schema, "additionalProperties");
    for (const Json& name : SchemaMember(schema, "required")) {
      if (!name.is_string() || object.contains(name.get<std::string>())) continue;
      const Json& member = SchemaMember(members, name.get<std::string>());
      object[name.get<std::string>()] = Sample(member.is_null() ? others : member);
    }
    const std::size_t least = CountIn(schema, "minProperties", 0, kMostMembers);
    for (auto member = members.begin(); member != members.end() && object.size() < least;
         ++member) {
      if (!object.contains(member.key())) object[member.key()] = Sample(*member);
    }
    for (std::size_t number = 1; object.size() < least; ++number) {
      object.emplace("member" + std::to_string(number),
                     others.is_object() && !others.empty() ? Sample(others) : Json("text"));
    }
    return object;
  }

  int values_ = 0;
  int trials_ = 0;
};

std::string PlainText(const Json& value) {
  return value.is_string() ? value.get<std::string>() : WriteJsonText(value);
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

/// `a=1&a=2&b=x%20y` (OpenAPI 3.1 §4.8.15.1.1).
std::string FormText(const Json& value) {
  std::string text;
  for (const auto& [name, member] : value.items()) {
    const Json list = member.is_array() ? member : Json::array({member});
    for (const Json& item : list) {
      if (item.is_null()) continue;
      text += (text.empty() ? "" : "&") + EncodePercent(name, kUnreservedMarks) + "=" +
              EncodePercent(PlainText(item), kUnreservedMarks);
    }
  }
  return text;
}

}  // namespace

Json SampleOf(const Json& schema) { return Sampler().Sample(schema); }

std::string SampleText(const Parameter& parameter) {
  const Json text = {{"type", "string"}};
  const bool told = parameter.schema.is_object() && !parameter.schema.empty();
  const Json& example = SchemaMember(parameter.schema, "example");
  Json value = !example.is_null() ? example : SampleOf(told ? parameter.schema : text);
  if (value == Json::array()) value = {SampleOf(SchemaMember(parameter.schema, "items"))};
  const bool one = parameter.in == Parameter::In::kQuery || parameter.in == Parameter::In::kCookie;
  if (one && value.is_array()) value = Json(value.front());
  if (value == Json::object()) value = SampleOf(text);
  return !one && value.is_structured() ? JoinedText(value) : PlainText(value);
}

Json MembersOf(const Json& schema) {
  Json members = Json::object();
  CollectMembers(schema, members);
  return members;
}

Json FormSampleOf(const MediaContent& content) {
  if (content.example.is_object() && !content.example.empty()) return content.example;
  const Json members = MembersOf(content.schema);
  Json sample = SampleOf(content.schema);
  if (!sample.is_object()) sample = Json::object();
  if (sample.empty() && !members.empty()) {
    sample = SampleOf(Json{{"minProperties", 1}, {"properties", members}});
  }
  for (auto& [name, value] : sample.items()) {
    if (value != Json::array()) continue;
    value.push_back(SampleOf(SchemaMember(SchemaMember(members, name), "items")));
  }
  return sample;
}

std::string ExampleText(const MediaContent& content) {
  const Json& example = content.example;
  const bool form = ToLower(content.media_type) == kFormType;
  if (form && (example.is_null() || example.is_object())) return FormText(FormSampleOf(content));
  const Json value = !example.is_null()         ? example
                     : content.schema.is_null() ? Json::object()
                                                : SampleOf(content.schema);
  if (!IsJsonType(SampleTypeOf(content.media_type))) return PlainText(value);
  return WriteJsonText(value);
}

bool PromisesJson(const MediaContent& content) {
  const bool stated = content.schema.is_object() && !content.schema.empty();
  if (!stated || !IsJsonType(SampleTypeOf(content.media_type))) return false;
  if (!IsRange(content.media_type)) return true;
  return Json::parse(ExampleText(content), nullptr, /*allow_exceptions=*/false).is_structured();
}

}  // namespace conform
