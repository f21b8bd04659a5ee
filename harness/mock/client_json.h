// JSON that a client sent.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace conform {

/// Nesting that is read: to copy and to render a value takes stack for each level.
inline constexpr std::size_t kDeepestClientJson = 200;

/// Discarded (`is_discarded()`) where `text` is no JSON, or nested deeper.
nlohmann::json ReadClientJson(std::string_view text);

}  // namespace conform
