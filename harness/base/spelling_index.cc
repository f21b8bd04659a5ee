#include "base/spelling_index.h"

#include <cstring>

namespace conform {
namespace {

constexpr unsigned kMinFilterBits = 12;
constexpr std::size_t kFilterShare = 16;  // bits of the filter for each spelling

}  // namespace

std::uint64_t SpellingIndex::Windows::Read(std::string_view text, std::size_t at) const {
  std::uint64_t window = 0;
  if (width_ == kWide) {
    std::memcpy(&window, text.data() + at, kWide);
  } else {
    std::memcpy(&window, text.data() + at, kNarrow);
  }
  return window;
}

std::size_t SpellingIndex::Windows::FilterBit(std::uint64_t window) const {
  return window * 0x9E3779B97F4A7C15U >> (64 - filter_bits_);
}

/// Tokens of one issuer begin alike and end differently: the end comes first, and the window that
/// fewest others share is taken.
std::size_t SpellingIndex::Windows::ChooseWindow(std::string_view text) const {
  const std::size_t last = text.size() - width_;
  std::size_t best = last;
  std::size_t fewest = SIZE_MAX;
  for (const std::size_t at : {last, last / 2, last / 4 * 3, last / 4, std::size_t{0}}) {
    const auto found = spellings_.find(Read(text, at));
    const std::size_t sharing = found == spellings_.end() ? 0 : found->second.size();
    if (sharing < fewest) {
      fewest = sharing;
      best = at;
    }
    if (fewest == 0) break;
  }
  return best;
}

void SpellingIndex::Windows::GrowFilter() {
  filter_bits_ = filter_bits_ == 0 ? kMinFilterBits : filter_bits_ + 2;
  filter_.assign(std::size_t{1} << filter_bits_, false);
  for (const auto& [window, spellings] : spellings_) filter_[FilterBit(window)] = true;
}

void SpellingIndex::Windows::Add(std::string_view text, Spelling spelling) {
  spelling.window = ChooseWindow(text);
  const std::uint64_t window = Read(text, spelling.window);
  spellings_[window].push_back(spelling);
  if (++count_ * kFilterShare > filter_.size()) {
    GrowFilter();
  } else {
    filter_[FilterBit(window)] = true;
  }
}

void SpellingIndex::Windows::FindIn(std::string_view text,
                                    std::vector<Candidate>& candidates) const {
  if (count_ == 0) return;
  for (std::size_t at = 0; at + width_ <= text.size(); ++at) {
    const std::uint64_t window = Read(text, at);
    if (!filter_[FilterBit(window)]) continue;
    const auto found = spellings_.find(window);
    if (found == spellings_.end()) continue;
    for (const Spelling& spelling : found->second) {
      if (spelling.window <= at) candidates.push_back({at - spelling.window, &spelling});
    }
  }
}

void SpellingIndex::Add(std::string_view text, std::size_t secret, SecretForm form) {
  Windows& windows = text.size() < kWide ? narrow_ : wide_;
  windows.Add(text, {secret, form, 0});
}

std::vector<Candidate> SpellingIndex::FindIn(std::string_view text) const {
  std::vector<Candidate> candidates;
  wide_.FindIn(text, candidates);
  narrow_.FindIn(text, candidates);
  return candidates;
}

}  // namespace conform
