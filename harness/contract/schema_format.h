// The values of a JSON Schema's `format` that are judged.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace conform {

/// Whether a value keeps the format of that name: date, date-time, email, ipv4, ipv6, time, uri
/// (draft 7 §7.3) for texts, uuid too, int32 and int64 (OpenAPI) for numbers. Of a value of another
/// kind a format says nothing; any other name is an annotation, which everything keeps.
bool KeepsFormat(std::string_view name, const nlohmann::json& value);

}  // namespace conform
