#include "contract/schema_keywords.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
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

/// Empty where there is none.
std::string_view ReferenceOf(const json& schema) {
  const auto reference = schema.find("$ref");
  const bool there = reference != schema.end() && reference->is_string();
  return there ? reference->get_ref<const std::string&>() : std::string_view();
}

/// References to an object of `root` that no keyword says to be a schema.
std::set<std::string> FindStray(const json& root) {
  std::set<const json*> schemas;
  std::set<std::string> references;
  VisitEach(root, [&](const json& each) {
    schemas.insert(&each);
    references.emplace(ReferenceOf(each));
  });
  std::erase_if(references, [&](const std::string& reference) {
    const json* referred = FindReferred(root, reference);
    return referred == nullptr || !referred->is_object() || schemas.count(referred) > 0;
  });
  return references;
}

std::string UnusedName(const json& definitions) {
  std::size_t number = definitions.size();
  while (definitions.contains(fmt::format("referred-{}", number))) ++number;
  return fmt::format("referred-{}", number);
}

class ReferenceCheck {
 public:
  explicit ReferenceCheck(const json& root) : root_(root) {
    VisitEach(root, [this](const json& each) { schemas_.push_back(&each); });
  }

  Expected<bool> CheckAll() {
    for (const json* each : schemas_) {
      if (const auto parts = Unfold(*each); !parts) return tl::unexpected(parts.error());
    }
    return true;
  }

 private:
  /// How many schemas judge the same value as this one, itself among them. Follows what judges the
  /// same value: coming back would never end, and of two that each have two, and so on, a few lines
  /// would ask for more than there is time.
  Expected<std::size_t> Unfold(const json& schema) {
    constexpr std::size_t kMostParts = 10'000;
    constexpr std::size_t kMostOpen = 200;
    if (const auto done = parts_.find(&schema); done != parts_.end()) return done->second;
    if (!open_.insert(&schema).second) return Fail("a '$ref' of the schema leads back to itself");
    if (open_.size() > kMostOpen) {
      return Fail(
          fmt::format("more than {} schemas of one value lead from one to the next", kMostOpen));
    }
    Expected<std::size_t> parts = std::size_t{1};
    const auto add = [&](const json& other) {
      const auto of_other = parts ? Unfold(other) : parts;
      if (!of_other) parts = of_other;
      if (parts) *parts += *of_other;
    };
    if (const std::string_view reference = ReferenceOf(schema); !reference.empty()) {
      const auto referred = Follow(std::string(reference));
      if (!referred) return tl::unexpected(referred.error());
      if ((*referred)->is_object()) add(**referred);
    } else {
      for (const Keyword& keyword : kKeywords) {
        if (keyword.same_value) VisitUnder(schema, keyword, add);
      }
    }
    if (!parts) return parts;
    if (*parts > kMostParts) {
      return Fail(
          fmt::format("the schema unfolds to more than {} schemas of one value", kMostParts));
    }
    open_.erase(&schema);
    parts_.emplace(&schema, *parts);
    return parts;
  }

  Expected<const json*> Follow(const std::string& reference) const {
    const json* referred = FindReferred(root_, reference);
    if (referred == nullptr) {
      return Fail(fmt::format("'$ref: {}' leads to nothing in the schema", reference));
    }
    if (!referred->is_object() && !referred->is_boolean()) {
      return Fail(fmt::format("'$ref: {}' leads to what is no schema", reference));
    }
    return referred;
  }

  const json& root_;
  std::vector<const json*> schemas_;  ///< in their order: the first mistake is told.
  std::set<const json*> open_;
  std::map<const json*, std::size_t> parts_;
};

}  // namespace

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

void VisitSchemas(json& schema, const std::function<void(json&)>& visit) {
  VisitEach(schema, visit);
}

void VisitSchemas(const json& schema, const std::function<void(const json&)>& visit) {
  VisitEach(schema, visit);
}

Expected<bool> GatherReferred(json& schema) {
  constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;
  std::size_t gathered = 0;
  while (schema.is_object()) {
    const std::set<std::string> stray = FindStray(schema);
    if (stray.empty()) break;
    json& definitions = schema["definitions"];
    if (!definitions.is_object() && !definitions.is_null()) {
      return Fail("a '$ref' of the schema leads to what is no schema; put it under definitions");
    }
    for (const std::string& reference : stray) {
      const std::string name = UnusedName(definitions);
      json referred = *FindReferred(schema, reference);
      gathered += referred.dump().size();
      if (gathered > kMostBytes) {
        return Fail("what the '$ref's of the schema lead to is larger than 8 MiB");
      }
      definitions[name] = std::move(referred);
      VisitEach(schema, [&](json& each) {
        if (ReferenceOf(each) == reference) each["$ref"] = "#/definitions/" + name;
      });
    }
  }
  return true;
}

Expected<bool> CheckReferences(const json& schema) {
  if (!schema.is_object()) return true;
  return ReferenceCheck(schema).CheckAll();
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
