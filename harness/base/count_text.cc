#include "base/count_text.h"

#include <fmt/format.h>

namespace conform {
namespace {

/// `12,000`.
std::string Group(std::size_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace

std::string CountOf(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", Group(count), noun, count == 1 ? "" : "s");
}

}  // namespace conform
