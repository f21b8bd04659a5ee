#include "base/spelling_starts.h"

#include <algorithm>
#include <cstring>

namespace conform {
namespace {

constexpr std::size_t kStart = 4;

/// Of 1 to 4 bytes; of fewer than 4 their number stands in the last.
std::uint32_t Pack(std::string_view bytes) {
  std::uint32_t packed = 0;
  std::memcpy(&packed, bytes.data(), bytes.size());
  if (bytes.size() < kStart) packed |= static_cast<std::uint32_t>(bytes.size()) << 24U;
  return packed;
}

}  // namespace

void SpellingStarts::Add(std::string_view text, std::size_t secret, SecretForm form) {
  for (std::size_t size = 1; size < kStart; ++size) short_.insert(Pack(text.substr(0, size)));
  starts_[Pack(text.substr(0, kStart))].push_back({secret, form, text.size()});
  first_[static_cast<unsigned char>(text[0])] = true;
  longest_ = std::max(longest_, text.size());
}

std::size_t SpellingStarts::FindIn(
    std::string_view text, const std::function<std::string(const SpellingStart&)>& spell) const {
  // A whole spelling is none that is cut.
  std::size_t at = text.size() - std::min(text.size(), longest_ == 0 ? 0 : longest_ - 1);
  for (; at < text.size(); ++at) {
    if (!first_[static_cast<unsigned char>(text[at])]) continue;
    const std::string_view rest = text.substr(at);
    if (rest.size() < kStart) {
      if (short_.count(Pack(rest)) > 0) return at;
      continue;
    }
    const auto alike = starts_.find(Pack(rest.substr(0, kStart)));
    if (alike == starts_.end()) continue;
    const bool cut =
        std::any_of(alike->second.begin(), alike->second.end(), [&](const SpellingStart& start) {
          return start.size > rest.size() && std::string_view(spell(start)).starts_with(rest);
        });
    if (cut) return at;
  }
  return text.size();
}

}  // namespace conform
