#include "contract/schema_references.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/schema_keywords.h"

namespace conform {
namespace {

using nlohmann::json;

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
  VisitSchemas(root, [&](const json& each) {
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

/// The `$id` of a subschema in which a `$ref` leads to a place of the document: it means one below
/// that `$id` (draft 7 §8.2), and it is looked for from the root. Empty: there is none.
std::string FindOwnBase(const json& root) {
  std::string own;
  VisitSchemas(root, [&](const json& each) {
    const auto id = each.find("$id");
    // Beside a reference it is none (§8.3).
    const bool base = &each != &root && id != each.end() && id->is_string() &&
                      ReferenceOf(each).empty() &&
                      !id->get_ref<const std::string&>().starts_with('#');
    if (!base || !own.empty()) return;
    VisitSchemas(each, [&](const json& below) {
      if (ReferenceOf(below).starts_with('#')) own = id->get<std::string>();
    });
  });
  return own;
}

class ReferenceCheck {
 public:
  explicit ReferenceCheck(const json& root) : root_(root) {
    VisitSchemas(root, [this](const json& each) { schemas_.push_back(&each); });
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
      VisitBeside(schema, add);
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
      VisitSchemas(schema, [&](json& each) {
        if (ReferenceOf(each) == reference) each["$ref"] = "#/definitions/" + name;
      });
    }
  }
  return true;
}

Expected<bool> CheckReferences(const json& schema) {
  if (!schema.is_object()) return true;
  if (const std::string base = FindOwnBase(schema); !base.empty()) {
    return Fail(
        fmt::format("a '$ref' within the schema whose '$id' is '{}' means a place in that "
                    "one; leave the '$id' out and write the place from the root",
                    base));
  }
  return ReferenceCheck(schema).CheckAll();
}

}  // namespace conform
