// Walks a JSON Schema as a schema: what lies under a keyword is one, what is data is not.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace conform {

/// Calls `visit` with every subschema of `schema`, itself first, that is an object.
void VisitSchemas(nlohmann::json& schema, const std::function<void(nlohmann::json&)>& visit);
void VisitSchemas(const nlohmann::json& schema,
                  const std::function<void(const nlohmann::json&)>& visit);

/// Where a `$ref` leads to in `root`; null where it leads nowhere in it.
const nlohmann::json* FindReferred(const nlohmann::json& root, const std::string& reference);

/// Copies into `definitions` what a `$ref` leads to although no keyword says that it is a schema:
/// else nobody would look at the patterns in it. Errors: more than 8 MiB.
Expected<bool> GatherReferred(nlohmann::json& schema);

/// Errors: a `$ref` that is no pointer into the document, or that leads nowhere or, without going
/// down into the value, back to where it began; one value is judged by more than 10,000 schemas.
Expected<bool> CheckReferences(const nlohmann::json& schema);

/// The keywords of `schema` that draft 7 does not know, so that nothing is judged by them; sorted,
/// each once. Members that begin with `x-` are nobody's mistake.
std::vector<std::string> UnknownKeywords(const nlohmann::json& schema);

/// Every keyword of draft 7, and those of OpenAPI that judge nothing.
std::vector<std::string_view> KnownKeywords();

/// The RE2 pattern that a `format` of a schema stands for here; empty for any other format, which
/// is not judged.
std::string PatternOfFormat(const std::string& format);

}  // namespace conform
