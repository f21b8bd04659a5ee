// Entity tags in a request's conditions (RFC 9110 §13.1).
#pragma once

#include <string_view>

namespace conform {

/// Whether If-Match's value holds for `tag`: `*`, or one of a list of entity tags, in which a comma
/// may stand (RFC 9110 §13.1.1). They are compared as they are written: OData's are all weak, and
/// If-Match must still do.
bool AllowsTag(std::string_view if_match, std::string_view tag);

}  // namespace conform
