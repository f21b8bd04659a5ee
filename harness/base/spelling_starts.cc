#include "base/spelling_starts.h"

#include <algorithm>
#include <cstring>

namespace conform {
namespace {

constexpr std::size_t kStart = 4;

std::uint64_t Pack(std::string_view bytes) {
  std::uint32_t packed = 0;
  std::memcpy(&packed, bytes.data(), bytes.size());
  return std::uint64_t{bytes.size()} << 32 | packed;
}

}  // namespace

void SpellingStarts::Add(std::string_view text) {
  for (std::size_t size = 1; size <= kStart; ++size) starts_.insert(Pack(text.substr(0, size)));
  longest_ = std::max(longest_, text.size());
}

std::size_t SpellingStarts::FindIn(std::string_view text) const {
  // A whole spelling is none that is cut.
  std::size_t at = text.size() - std::min(text.size(), longest_ == 0 ? 0 : longest_ - 1);
  for (; at < text.size(); ++at) {
    if (starts_.count(Pack(text.substr(at, kStart))) > 0) return at;
  }
  return text.size();
}

}  // namespace conform
