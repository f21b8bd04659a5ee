// Writes YAML as a person would.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace conform {

/// `text` as a scalar that reads back as text: plain where that is safe, else in double quotes.
/// `in_flow`: between brackets, where commas and brackets need quotes too.
std::string RenderYamlScalar(std::string_view text, bool in_flow = false);

/// On one line: `{type: string}`, `[a, b]`, `7`.
std::string RenderYamlFlow(const nlohmann::json& value);

/// `key: value` below `indent` spaces, each line ended: on one line where that has room, else in
/// block style. Of a JSON Schema `type` comes first.
std::string RenderYamlEntry(std::string_view key, const nlohmann::json& value, std::size_t indent);

}  // namespace conform
