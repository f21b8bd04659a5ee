// Compiles a JSON Schema that stands in a file, with a diagnostic for what would not be judged.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>

#include "base/map_reader.h"
#include "contract/json_schema.h"

namespace conform {

/// Null, and an error at `span`, where it is no schema; a warning for each keyword by which nothing
/// is judged.
std::shared_ptr<const JsonSchema> CompileSchema(nlohmann::json schema, const Span& span,
                                                const YamlContext& context);

}  // namespace conform
