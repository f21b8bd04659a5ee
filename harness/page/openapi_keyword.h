// The keywords of OpenAPI's schemas that a contract can say, and those that are words.
#pragma once

#include <optional>
#include <string_view>

namespace conform {

/// What stands under a keyword of an OpenAPI schema, and what becomes of it.
enum class KeywordForm {
  kKept,     ///< as it stands.
  kSchema,   ///< one schema.
  kSchemas,  ///< a list of them.
  kMembers,  ///< schemas by name.
  kWords,    ///< for people, or for tools of other kinds.
};

/// Nothing for one that is not known.
std::optional<KeywordForm> FormOfKeyword(std::string_view name);

}  // namespace conform
