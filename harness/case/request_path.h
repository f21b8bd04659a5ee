// The path of a request, its ${…} resolved so that it stays the path that the case wrote.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "case/text_template.h"

namespace conform {

/// A path from the root, or the absolute or the asterisk form of a target (RFC 9112 §3.2).
bool BeginsAsTarget(std::string_view path);

/// Whether a run alone can tell a path, or another text: it begins with what was captured, or with
/// a variable.
bool IsToldByRun(std::string_view path);

/// What a placeholder stands for; nothing: it has no value.
using PlaceholderValue = std::function<std::optional<nlohmann::json>(const Placeholder&)>;

/// A placeholder that the path begins with brings a whole path, or the begin of one, as it stands.
/// Any other brings a value: it is escaped so that it stays in its segment. Errors: a placeholder
/// without a value, or with one that is no part of a path; and what would make another request: a
/// segment that becomes empty, `.` or `..` by what a placeholder brings, or a whole path that is
/// none.
Expected<std::string> ResolvePath(std::string_view path, const PlaceholderValue& value_of);

}  // namespace conform
