// A JSON Schema (drafts 6 and 7) and what breaks it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/error.h"

namespace conform {

/// What of a value breaks a schema, the first of it.
struct SchemaBreach {
  std::string pointer;   ///< JSON pointer into the value; empty: the whole.
  std::string message;   ///< what the schema asks for there, e.g. `type string`.
  std::size_t more = 0;  ///< other places of the value that break it too.
  bool counted = true;   ///< false: there are more than were counted.
  bool judged = true;    ///< false: whether it breaks is not known; the message says why.
};

struct SchemaParts;

/// Immutable: safe to use from several threads. Patterns and dates are matched by RE2, so that no
/// answer makes a match run away. Schemas are never fetched.
class JsonSchema {
 public:
  /// Errors: not a schema, a pattern that RE2 does not know, and those of CheckReferences.
  static Expected<std::shared_ptr<const JsonSchema>> Compile(nlohmann::json schema);

  /// Nothing where the value keeps the schema. What would take too long is not judged.
  std::optional<SchemaBreach> Validate(const nlohmann::json& value) const;

  ~JsonSchema();

 private:
  explicit JsonSchema(std::unique_ptr<const SchemaParts> parts);

  std::unique_ptr<const SchemaParts> parts_;
};

}  // namespace conform
