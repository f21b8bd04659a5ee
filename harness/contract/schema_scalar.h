// Values that fit a JSON Schema of texts or numbers: what a sample is made of.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace conform {

/// Null where there is none.
const nlohmann::json& SchemaMember(const nlohmann::json& schema, std::string_view name);

/// A count that a keyword sets, at most `most`. What YAML writes as a number is a signed one.
std::size_t CountIn(const nlohmann::json& schema, const char* name, std::size_t otherwise,
                    std::size_t most);

/// A documented value, by the type that the schema names: where that is text, 7 is `7`, and the
/// other way round, as documents write them. Nothing where it cannot be of that type.
std::optional<nlohmann::json> AsType(const nlohmann::json& value, const nlohmann::json& schema);

/// By format, pattern and length.
nlohmann::json SampleString(const nlohmann::json& schema);

/// Within the bounds, and a multiple where one is asked for.
nlohmann::json SampleNumber(const nlohmann::json& schema);

/// What the schema says beside `allOf`, and each part of it, of a value that is no object: the
/// strictest of all.
nlohmann::json MergeBounds(const nlohmann::json& schema);

/// One more value for a list in which none comes twice; another for each `number` from 1 on.
nlohmann::json Varied(const nlohmann::json& value, const nlohmann::json& schema,
                      std::size_t number);

}  // namespace conform
