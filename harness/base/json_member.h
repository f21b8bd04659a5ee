// Members of JSON that somebody else wrote.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace conform {

/// A member's text; empty where there is none, it is no text, or `value` is no object.
inline std::string TextMember(const nlohmann::json& value, std::string_view name) {
  if (!value.is_object()) return "";
  const auto member = value.find(name);
  return member != value.end() && member->is_string() ? member->get<std::string>() : "";
}

}  // namespace conform
