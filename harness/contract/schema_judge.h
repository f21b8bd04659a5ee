// Holds a JSON value against a JSON Schema of draft 6 or 7.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "contract/json_schema.h"

namespace conform {

/// What the judge needs of a schema beside its text, made once.
struct SchemaParts {
  nlohmann::json schema;  ///< well-formed; outlives what stands below.
  /// Of `pattern`, `patternProperties` and `format`, by their text. Without an entry nothing is
  /// judged.
  std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> patterns = {};
  std::map<std::string, const nlohmann::json*, std::less<>> referred = {};  ///< by `$ref`.
};

/// Nothing where the value keeps the schema. Goes down by recursion: into `value`, and at each
/// level into what judges the same value, which CheckReferences bounds. Of schemas that go down
/// side by side it is bounded by a number of steps, beyond which nothing is judged; and what breaks
/// is counted only so far.
std::optional<SchemaBreach> FindSchemaBreach(const SchemaParts& parts, const nlohmann::json& value);

}  // namespace conform
