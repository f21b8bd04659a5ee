// Environment variables that a test makes up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/proxy.h"

namespace conform {

using MadeUpVariables = std::map<std::string, std::string, std::less<>>;

inline VariableLookup LookupIn(const MadeUpVariables& variables) {
  return [variables](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

}  // namespace conform
