// Which JSON values are the same, and an order of them that agrees.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

namespace conform {

/// Less than, equal to or more than zero. Values of different kinds are ordered by kind; numbers by
/// value, so that 1 equals 1.0, and 2^53 not 2^53 + 1; objects whatever the order of their members.
/// Costs no more than reading the smaller one.
int OrderJson(const nlohmann::json& a, const nlohmann::json& b);

/// Equal in kind and value, as OrderJson has it.
inline bool EqualJson(const nlohmann::json& a, const nlohmann::json& b) {
  return OrderJson(a, b) == 0;
}

/// The first item of a list that equals one before it, in n log n steps; nothing where none does.
std::optional<std::size_t> FindRepeatedItem(const nlohmann::json& list);

}  // namespace conform
