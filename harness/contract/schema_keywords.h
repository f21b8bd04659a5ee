// Walks a JSON Schema as a schema: what lies under a keyword is one, what is data is not.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// Calls `visit` with every subschema of `schema`, itself first, that is an object.
void VisitSchemas(nlohmann::json& schema, const std::function<void(nlohmann::json&)>& visit);
void VisitSchemas(const nlohmann::json& schema,
                  const std::function<void(const nlohmann::json&)>& visit);

/// The same with what judges the value that `schema` judges, and no part of it; not with itself.
void VisitBeside(const nlohmann::json& schema,
                 const std::function<void(const nlohmann::json&)>& visit);

/// The keywords of `schema` that draft 7 does not know, so that nothing is judged by them; sorted,
/// each once. Members that begin with `x-` are nobody's mistake.
std::vector<std::string> UnknownKeywords(const nlohmann::json& schema);

/// Every keyword of draft 7, and those of OpenAPI that judge nothing.
std::vector<std::string_view> KnownKeywords();

}  // namespace conform
