// How much a keyword of a JSON Schema compares.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

namespace conform {

/// In steps, by which judging is bounded: most keywords look at a value once. What is judged below
/// it counts by itself.
std::size_t StepsOf(const nlohmann::json& schema, const std::string& keyword,
                    const nlohmann::json& argument, const nlohmann::json& value);

}  // namespace conform
