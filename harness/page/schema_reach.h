// How far into a schema of an OpenAPI document a bounded number of its parts reaches.
#pragma once

#include "page/openapi_document.h"

namespace conform {

/// What lies nearest to the value that a schema describes is read before what lies deeper.
struct SchemaReach {
  int levels = 0;  ///< all parts of so many levels are among the first.
  int beyond = 0;  ///< and so many of the next level, in written order.
};

/// References are followed, but for those to a schema that holds them. Where the whole schema has
/// fewer parts or levels than the most, it is all within reach.
SchemaReach ReachOf(OpenApiDocument& document, const OpenApiNode& schema, int most_parts,
                    int most_levels);

}  // namespace conform
