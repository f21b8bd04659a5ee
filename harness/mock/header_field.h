// Header fields of the mock's requests and answers: in order, in their own case.
#pragma once

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

/// Whether a comma-separated value has `token` among its members, e.g. `close` in Connection.
bool ListsToken(std::string_view value, std::string_view token);

}  // namespace conform
