// Holds a JSON value against a JSON Schema of draft 6 or 7.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/json_schema.h"

namespace conform {

/// What the judge needs of a schema beside its text, made once.
struct SchemaParts {
  nlohmann::json schema;  ///< well-formed; outlives what stands below.
  /// Of `pattern` and `patternProperties`, by their text. Without an entry nothing is
  /// judged.
  std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> patterns = {};
  std::map<std::string, const nlohmann::json*, std::less<>> referred = {};  ///< by `$ref`.

  std::map<const nlohmann::json*, std::vector<const nlohmann::json*>> values =
      {};  ///< of each large `enum`, in the order of OrderJson.

  /// The schema itself where it is no reference. Draft 7: beside a reference nothing else is
  /// judged.
  const nlohmann::json& Follow(const nlohmann::json& from) const;
  bool Matches(const std::string& pattern, std::string_view text) const;
  /// Whether `value` is among those of an `enum`.
  bool HasAmong(const nlohmann::json& values_of, const nlohmann::json& value) const;
};

/// Goes down by recursion: into `value`, and at each level into what judges the same value, which
/// CheckReferences bounds. Of schemas that go down side by side it is bounded by a number of steps,
/// beyond which nothing is judged; and what breaks is counted only so far.
SchemaBreaches FindSchemaBreaches(const SchemaParts& parts, const nlohmann::json& value);

}  // namespace conform
