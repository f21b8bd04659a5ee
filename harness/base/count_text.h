// How many of something, as people read it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

/// `1 test`, `2 tests`, `12,000 tests`.
std::string CountOf(std::size_t count, std::string_view noun);

}  // namespace conform
