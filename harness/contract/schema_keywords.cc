#include "contract/schema_keywords.h"

#include <algorithm>
#include <array>
#include <set>

namespace conform {
namespace {

using nlohmann::json;

enum class Holding { kSchema, kList, kMap };

struct Keyword {
  const char* name;
  Holding holds;
  bool same_value;  // judges the same value, not a part of it
};

constexpr std::array kKeywords = {Keyword{"properties", Holding::kMap, false},
                                  Keyword{"patternProperties", Holding::kMap, false},
                                  Keyword{"definitions", Holding::kMap, false},
                                  Keyword{"$defs", Holding::kMap, false},
                                  Keyword{"dependencies", Holding::kMap, true},
                                  Keyword{"allOf", Holding::kList, true},
                                  Keyword{"anyOf", Holding::kList, true},
                                  Keyword{"oneOf", Holding::kList, true},
                                  Keyword{"items", Holding::kList, false},
                                  Keyword{"items", Holding::kSchema, false},
                                  Keyword{"additionalItems", Holding::kSchema, false},
                                  Keyword{"additionalProperties", Holding::kSchema, false},
                                  Keyword{"contains", Holding::kSchema, false},
                                  Keyword{"propertyNames", Holding::kSchema, false},
                                  Keyword{"not", Holding::kSchema, true},
                                  Keyword{"if", Holding::kSchema, true},
                                  Keyword{"then", Holding::kSchema, true},
                                  Keyword{"else", Holding::kSchema, true}};

/// Beside those of kKeywords.
constexpr std::array<std::string_view, 35> kOthers = {"$comment",
                                                      "$id",
                                                      "$ref",
                                                      "$schema",
                                                      "const",
                                                      "contentEncoding",
                                                      "contentMediaType",
                                                      "default",
                                                      "deprecated",
                                                      "description",
                                                      "enum",
                                                      "example",
                                                      "examples",
                                                      "exclusiveMaximum",
                                                      "exclusiveMinimum",
                                                      "externalDocs",
                                                      "format",
                                                      "id",
                                                      "maxItems",
                                                      "maxLength",
                                                      "maxProperties",
                                                      "maximum",
                                                      "minItems",
                                                      "minLength",
                                                      "minProperties",
                                                      "minimum",
                                                      "multipleOf",
                                                      "pattern",
                                                      "readOnly",
                                                      "required",
                                                      "title",
                                                      "type",
                                                      "uniqueItems",
                                                      "writeOnly",
                                                      "xml"};

/// The subschemas under one keyword.
template <typename Json, typename Visit>
void VisitUnder(Json& schema, const Keyword& keyword, const Visit& visit) {
  const auto found = schema.find(keyword.name);
  if (found == schema.end()) return;
  if (keyword.holds == Holding::kSchema) {
    if (found->is_object()) visit(*found);
    return;
  }
  if (keyword.holds == Holding::kList ? !found->is_array() : !found->is_object()) return;
  for (auto& item : *found) {
    if (item.is_object()) visit(item);
  }
}

template <typename Json, typename Visit>
void VisitEach(Json& schema, const Visit& visit) {
  if (!schema.is_object()) return;
  visit(schema);
  for (const Keyword& keyword : kKeywords) {
    VisitUnder(schema, keyword, [&](Json& inner) { VisitEach(inner, visit); });
  }
}

}  // namespace

void VisitSchemas(json& schema, const std::function<void(json&)>& visit) {
  VisitEach(schema, visit);
}

void VisitSchemas(const json& schema, const std::function<void(const json&)>& visit) {
  VisitEach(schema, visit);
}

void VisitBeside(const json& schema, const std::function<void(const json&)>& visit) {
  for (const Keyword& keyword : kKeywords) {
    if (keyword.same_value) VisitUnder(schema, keyword, visit);
  }
}

std::vector<std::string_view> KnownKeywords() {
  std::vector<std::string_view> known(kOthers.begin(), kOthers.end());
  for (const Keyword& each : kKeywords) known.emplace_back(each.name);
  return known;
}

std::vector<std::string> UnknownKeywords(const json& schema) {
  const std::vector<std::string_view> known = KnownKeywords();
  std::set<std::string> unknown;
  VisitSchemas(schema, [&](const json& each) {
    for (const auto& [name, value] : each.items()) {
      if (name.starts_with("x-")) continue;
      if (std::find(known.begin(), known.end(), name) == known.end()) unknown.insert(name);
    }
  });
  return {unknown.begin(), unknown.end()};
}

}  // namespace conform
