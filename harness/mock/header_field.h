// Header fields of the mock's requests and answers: in order, in their own case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

struct HeaderField {
  std::string name;
  std::string value;
};

using HeaderFields = std::vector<HeaderField>;

/// Field names, schemes and media types are compared without regard to case.
bool EqualNames(std::string_view a, std::string_view b);

/// The value of the first field of that name, or null.
const std::string* FindHeaderValue(const HeaderFields& fields, std::string_view name);
std::size_t CountHeaderFields(const HeaderFields& fields, std::string_view name);
void RemoveHeaderField(HeaderFields& fields, std::string_view name);
/// Replaces the value of the first field of that name; does nothing where there is none.
void ReplaceHeaderValue(HeaderFields& fields, std::string_view name, std::string value);

/// The values of all fields of that name as one list (RFC 9110 §5.3); nothing where there is none.
std::optional<std::string> JoinHeaderValues(const HeaderFields& fields, std::string_view name);

/// Whether a comma-separated value has `token` among its members, e.g. `close` in Connection.
bool ListsToken(std::string_view value, std::string_view token);

/// Whether If-Match's value holds for `tag`: `*`, or one of a list of entity tags, in which a comma
/// may stand (RFC 9110 §13.1.1). They are compared as they are written: OData's are all weak, and
/// If-Match must still do.
bool AllowsTag(std::string_view if_match, std::string_view tag);

}  // namespace conform
