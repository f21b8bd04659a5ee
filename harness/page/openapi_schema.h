// An OpenAPI schema as a JSON Schema that stands by itself.
#pragma once

#include <nlohmann/json.hpp>

#include "page/openapi_document.h"

namespace conform {

/// References are put in place, and what only OpenAPI knows (`nullable`, bounds that are true or
/// false, read-only members) is said as JSON Schema does; words for people are left out. Where a
/// schema holds itself, anything is allowed below that place, and where it is very large, below
/// what lies nearest to the value itself; both are warnings. What is left out makes the schema
/// allow more, never less: `not`, `if`, `oneOf` and what depends on a keyword beside it are left
/// out with it. Null where `node` is none.
nlohmann::json SchemaOf(OpenApiDocument& document, const OpenApiNode& node, bool of_request);

}  // namespace conform
