#include "contract/json_schema.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/json_order.h"
#include "contract/pattern.h"
#include "contract/schema_arguments.h"
#include "contract/schema_judge.h"
#include "contract/schema_keywords.h"
#include "contract/schema_numbers.h"
#include "contract/schema_references.h"

namespace conform {
namespace {

using nlohmann::json;

/// Compiles it where it is new. Errors: RE2 does not know it.
Expected<bool> AddPattern(const std::string& pattern, SchemaParts& parts) {
  if (parts.patterns.contains(pattern)) return true;
  auto compiled = std::make_unique<re2::RE2>(pattern, PatternOptions());
  if (!compiled->ok()) {
    return Fail(fmt::format("the pattern '{}' of the schema is no regular expression: {}", pattern,
                            compiled->error()));
  }
  parts.patterns.emplace(pattern, std::move(compiled));
  return true;
}

bool IsBefore(const json* a, const json* b) { return OrderJson(*a, *b) < 0; }

/// Of many values each would else be held against all.
void SortValues(const json& schema, SchemaParts& parts) {
  constexpr std::size_t kMany = 16;
  const auto found = schema.find("enum");
  if (found == schema.end() || !found->is_array() || found->size() < kMany) return;
  std::vector<const json*>& sorted = parts.values[&*found];
  for (const json& value : *found) sorted.push_back(&value);
  std::sort(sorted.begin(), sorted.end(), IsBefore);
}

/// What one subschema needs.
Expected<bool> AddParts(const json& schema, SchemaParts& parts) {
  const auto text_of = [&](const char* keyword) {
    const auto found = schema.find(keyword);
    return found != schema.end() && found->is_string() ? found->get<std::string>() : "";
  };
  if (schema.contains("$ref")) {
    const std::string reference = text_of("$ref");
    parts.referred.emplace(reference, FindReferred(parts.schema, reference));
  }
  SortValues(schema, parts);
  std::vector<std::string> patterns = {text_of("pattern")};
  const auto members = schema.find("patternProperties");
  if (members != schema.end() && members->is_object()) {
    for (const auto& [pattern, unused] : members->items()) patterns.push_back(pattern);
  }
  for (const std::string& pattern : patterns) {
    if (pattern.empty()) continue;  // any text is a match of it
    if (const auto added = AddPattern(pattern, parts); !added) return added;
  }
  return true;
}

}  // namespace

const json& SchemaParts::Follow(const json& from) const {
  const json* at = &from;
  while (at->is_object() && at->contains("$ref")) {
    at = referred.at(at->at("$ref").get_ref<const std::string&>());
  }
  return *at;
}

bool SchemaParts::Matches(const std::string& pattern, std::string_view text) const {
  const auto compiled = patterns.find(pattern);
  return compiled == patterns.end() || re2::RE2::PartialMatch(text, *compiled->second);
}

bool SchemaParts::HasAmong(const json& values_of, const json& value) const {
  const auto sorted = values.find(&values_of);
  if (sorted == values.end()) {
    return std::any_of(values_of.begin(), values_of.end(),
                       [&](const json& each) { return EqualJson(each, value); });
  }
  return std::binary_search(sorted->second.begin(), sorted->second.end(), &value, IsBefore);
}

JsonSchema::JsonSchema(std::unique_ptr<const SchemaParts> parts) : parts_(std::move(parts)) {}
JsonSchema::~JsonSchema() = default;

Expected<std::shared_ptr<const JsonSchema>> JsonSchema::Compile(json schema) {
  if (!schema.is_object() && !schema.is_boolean()) {
    return Fail("the schema is none: it must be a mapping");
  }
  WriteWholeNumbers(schema);
  Expected<bool> good = GatherReferred(schema);
  if (good) good = CheckArguments(schema);
  if (good) good = CheckReferences(schema);
  auto parts = std::make_unique<SchemaParts>(SchemaParts{std::move(schema)});
  VisitSchemas(std::as_const(parts->schema), [&](const json& each) {
    if (good) good = AddParts(each, *parts);
  });
  if (!good) return tl::unexpected(good.error());
  return std::shared_ptr<const JsonSchema>(new JsonSchema(std::move(parts)));
}

SchemaBreaches JsonSchema::Judge(const json& value) const {
  try {
    return FindSchemaBreaches(*parts_, value);
  } catch (const json::exception& error) {
    return {.unjudged = error.what()};
  }
}

std::optional<SchemaBreach> JsonSchema::Validate(const json& value) const {
  SchemaBreaches found = Judge(value);
  if (!found.unjudged.empty()) return SchemaBreach{.message = std::move(found.unjudged)};
  if (found.kinds.empty()) return std::nullopt;
  return std::move(found.kinds.front());
}

}  // namespace conform
