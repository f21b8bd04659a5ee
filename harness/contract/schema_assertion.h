// The keywords of a JSON Schema that judge a value by itself, without another schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace conform {

/// One keyword: whether a value keeps it, and what it asks for. Arguments are as draft 7 has them.
struct SchemaAssertion {
  std::string_view keyword;
  bool (*keeps)(const nlohmann::json& argument, const nlohmann::json& value);
  /// Reads after "expected what its schema says:".
  std::string (*asks)(const nlohmann::json& argument);
};

/// Whether it is a type that `type` knows: `integer`.
bool IsSchemaType(std::string_view name);

/// Null where the keyword is none of them.
const SchemaAssertion* FindAssertion(std::string_view keyword);

/// An argument as messages show it: on one line, the beginning of a long one.
std::string ShowArgument(const nlohmann::json& value);

}  // namespace conform
