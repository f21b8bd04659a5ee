// Header and trailer fields as they crossed: in order, repeated, in their own case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_text.h"

namespace conform {

/// RFC 9110 §5. `value` has its surrounding white space removed and is otherwise untouched.
struct Field {
  std::string name;
  std::string value;
};

using Fields = std::vector<Field>;

/// The first field of that name, or null.
const Field* FindField(const Fields& fields, std::string_view name);
std::vector<std::string_view> FieldValues(const Fields& fields, std::string_view name);

/// All fields of that name.
void RemoveField(Fields& fields, std::string_view name);
/// The value of the first field of that name; does nothing where there is none.
void ReplaceField(Fields& fields, std::string_view name, std::string value);

/// The values of all lines of that name as the one that they stand for (RFC 9110 §5.3), in a list
/// with commas; nothing where there is no such field. Not for Set-Cookie, whose lines stand alone.
std::optional<std::string> CombinedValue(const Fields& fields, std::string_view name);

/// The elements of a comma-separated list over all fields of that name, trimmed, empty ones kept.
std::vector<std::string_view> ListElements(const Fields& fields, std::string_view name);
/// Whether `token`, in any case, is one of them, e.g. `close` in Connection.
bool ListsToken(const Fields& fields, std::string_view name, std::string_view token);

/// Whether some line of that name holds more than white space and a list's commas. `Allow` may hold
/// nothing: no method is allowed (RFC 9110 §10.2.1).
bool HoldsValue(const Fields& fields, std::string_view name);

/// Whether Content-Type names JSON: `application/json` or any `+json` (RFC 6839 §3.1).
bool IsJson(const Fields& fields);

}  // namespace conform
