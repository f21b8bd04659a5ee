#include "case/schema_keywords.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace conform {
namespace {

using nlohmann::json;

enum class Holds { kSchema, kList, kMap };

struct Keyword {
  const char* name;
  Holds holds;
  bool same_value;  // judges the same value, not a part of it
};

constexpr std::array kKeywords = {Keyword{"properties", Holds::kMap, false},
                                  Keyword{"patternProperties", Holds::kMap, false},
                                  Keyword{"definitions", Holds::kMap, false},
                                  Keyword{"dependencies", Holds::kMap, true},
                                  Keyword{"allOf", Holds::kList, true},
                                  Keyword{"anyOf", Holds::kList, true},
                                  Keyword{"oneOf", Holds::kList, true},
                                  Keyword{"items", Holds::kList, false},
                                  Keyword{"items", Holds::kSchema, false},
                                  Keyword{"additionalItems", Holds::kSchema, false},
                                  Keyword{"additionalProperties", Holds::kSchema, false},
                                  Keyword{"contains", Holds::kSchema, false},
                                  Keyword{"propertyNames", Holds::kSchema, false},
                                  Keyword{"not", Holds::kSchema, true},
                                  Keyword{"if", Holds::kSchema, true},
                                  Keyword{"then", Holds::kSchema, true},
                                  Keyword{"else", Holds::kSchema, true}};

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
  if (keyword.holds == Holds::kSchema) {
    if (found->is_object()) visit(*found);
    return;
  }
  if (keyword.holds == Holds::kList ? !found->is_array() : !found->is_object()) return;
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

const json* FindReferred(const json& root, const std::string& reference) {
  if (reference == "#") return &root;
  if (reference.rfind("#/", 0) != 0) return nullptr;
  std::string pointer;
  for (std::size_t i = 1; i < reference.size(); ++i) {
    // RFC 6901 §6: a pointer in a fragment is percent-encoded.
    if (reference[i] == '%' && i + 2 < reference.size()) {
      pointer.push_back(
          static_cast<char>(std::strtol(reference.substr(i + 1, 2).c_str(), nullptr, 16)));
      i += 2;
    } else {
      pointer.push_back(reference[i]);
    }
  }
  try {
    const json::json_pointer path(pointer);
    return root.contains(path) ? &root.at(path) : nullptr;
  } catch (const json::exception&) {
    return nullptr;
  }
}

class ReferenceCheck {
 public:
  explicit ReferenceCheck(const json& root) : root_(root) {}

  Expected<bool> CheckAll(const json& schema) {
    if (auto checked = Enter(schema); !checked) return checked;
    Expected<bool> result = true;
    for (const Keyword& keyword : kKeywords) {
      if (schema.contains("$ref")) break;
      VisitUnder(schema, keyword, [&](const json& inner) {
        if (result) result = CheckAll(inner);
      });
    }
    return result;
  }

 private:
  /// Follows what judges the same value: coming back would never end.
  Expected<bool> Enter(const json& schema) {
    if (done_.count(&schema) > 0) return true;
    if (!open_.insert(&schema).second) return Fail("a '$ref' of the schema leads back to itself");
    Expected<bool> result = true;
    const auto reference = schema.find("$ref");
    if (reference != schema.end() && reference->is_string()) {
      const auto& text = reference->get_ref<const std::string&>();
      const json* referred = FindReferred(root_, text);
      if (referred == nullptr) {
        return Fail(fmt::format("'$ref: {}' leads to nothing in the schema", text));
      }
      if (referred->is_object()) result = Enter(*referred);
    } else {
      for (const Keyword& keyword : kKeywords) {
        if (!keyword.same_value) continue;
        VisitUnder(schema, keyword, [&](const json& inner) {
          if (result) result = Enter(inner);
        });
      }
    }
    open_.erase(&schema);
    done_.insert(&schema);
    return result;
  }

  const json& root_;
  std::set<const json*> open_;
  std::set<const json*> done_;
};

}  // namespace

void VisitSchemas(json& schema, const std::function<void(json&)>& visit) {
  VisitEach(schema, visit);
}

void VisitSchemas(const json& schema, const std::function<void(const json&)>& visit) {
  VisitEach(schema, visit);
}

Expected<bool> CheckReferences(const json& schema) {
  if (!schema.is_object()) return true;
  return ReferenceCheck(schema).CheckAll(schema);
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

std::string PatternOfFormat(const std::string& format) {
  constexpr const char* kDate = R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))";
  constexpr const char* kTime =
      R"(([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d))";
  if (format == "date") return fmt::format("^{}$", kDate);
  if (format == "time") return fmt::format("^{}$", kTime);
  if (format == "date-time") return fmt::format("^{}[Tt]{}$", kDate, kTime);
  return "";
}

}  // namespace conform
