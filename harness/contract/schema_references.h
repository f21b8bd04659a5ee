// Where the `$ref`s of a JSON Schema lead.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"

namespace conform {

/// Where a `$ref` leads to in `root`; null where it leads nowhere in it.
const nlohmann::json* FindReferred(const nlohmann::json& root, const std::string& reference);

/// Copies into `definitions` what a `$ref` leads to although no keyword says that it is a schema:
/// else nobody would look at the patterns in it. Errors: more than 8 MiB.
Expected<bool> GatherReferred(nlohmann::json& schema);

/// Errors: a `$ref` that is no pointer into the document, that stands within a subschema with an
/// `$id` of its own, or that leads nowhere or, without going
/// down into the value, back to where it began; one value is judged by more than 10,000 schemas.
Expected<bool> CheckReferences(const nlohmann::json& schema);

}  // namespace conform
