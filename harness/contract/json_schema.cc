#include "contract/json_schema.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <string>
#include <utility>
#include <vector>

#include "contract/pattern.h"
#include "contract/schema_arguments.h"
#include "contract/schema_judge.h"
#include "contract/schema_keywords.h"
#include "contract/schema_numbers.h"

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
  std::vector<std::string> patterns = {PatternOfFormat(text_of("format")), text_of("pattern")};
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

std::optional<SchemaBreach> JsonSchema::Validate(const json& value) const {
  try {
    return FindSchemaBreach(*parts_, value);
  } catch (const json::exception& error) {
    return SchemaBreach{.message = error.what(), .judged = false};
  }
}

}  // namespace conform
