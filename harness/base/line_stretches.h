// A large text in stretches of whole lines.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace conform {

/// Of at least `size` bytes each, but for the last; together all of `text`.
inline std::vector<std::string_view> LineStretches(std::string_view text, std::size_t size) {
  std::vector<std::string_view> stretches;
  while (!text.empty()) {
    const std::size_t line_end = text.find('\n', size - 1);
    stretches.push_back(
        text.substr(0, line_end == std::string_view::npos ? line_end : line_end + 1));
    text.remove_prefix(stretches.back().size());
  }
  return stretches;
}

}  // namespace conform
