// A JSON Schema (drafts 6 and 7) and what breaks it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace conform {

/// What of a value breaks a schema, at places of one kind (BreachKind).
struct SchemaBreach {
  std::string pointer;   ///< JSON pointer into the value, to the first of them; empty: the whole.
  std::string message;   ///< what the schema asks for there, e.g. `type string`.
  std::size_t more = 0;  ///< other places of its kind.
  bool counted = true;   ///< false: there are more than were counted.
};

/// All that breaks it.
struct SchemaBreaches {
  std::vector<SchemaBreach> kinds;  ///< as they were found; empty: the value keeps the schema.
  bool all = true;                  ///< false: there are more kinds than are told.
  std::string unjudged;             ///< why nothing is known of the value; else empty.
};

struct SchemaParts;

/// Immutable: safe to use from several threads. Patterns and dates are matched by RE2, so that no
/// answer makes a match run away. Schemas are never fetched.
class JsonSchema {
 public:
  /// Errors: not a schema, a pattern that RE2 does not know, and those of CheckReferences.
  static Expected<std::shared_ptr<const JsonSchema>> Compile(nlohmann::json schema);

  /// What would take too long is not judged.
  SchemaBreaches Judge(const nlohmann::json& value) const;
  /// The first of them; nothing where the value keeps the schema. Of what is not judged why.
  std::optional<SchemaBreach> Validate(const nlohmann::json& value) const;

  ~JsonSchema();

 private:
  explicit JsonSchema(std::unique_ptr<const SchemaParts> parts);

  std::unique_ptr<const SchemaParts> parts_;
};

}  // namespace conform
