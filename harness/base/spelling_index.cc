#include "base/spelling_index.h"

#include <cstring>

namespace conform {
namespace {

constexpr unsigned kMinFilterBits = 12;
constexpr std::size_t kFilterShare = 16;  // bits of the filter for each spelling
constexpr unsigned kWordBits = 6;

std::uint64_t Spread(std::uint64_t window) { return window * 0x9E3779B97F4A7C15U; }

}  // namespace

template <std::size_t kWidth, std::size_t kStride>
std::uint64_t SpellingIndex::Windows<kWidth, kStride>::Read(const char* from) {
  std::uint64_t window = 0;
  std::memcpy(&window, from, kWidth);
  return window;
}

/// Tokens of one issuer begin alike and end differently: the end comes first, and the window that
/// fewest others share is taken.
template <std::size_t kWidth, std::size_t kStride>
std::size_t SpellingIndex::Windows<kWidth, kStride>::ChooseWindow(std::string_view text) const {
  const std::size_t last = text.size() - kWidth - (kStride - 1);
  std::size_t best = last;
  std::size_t fewest = SIZE_MAX;
  for (const std::size_t at : {last, last / 2, last / 4 * 3, last / 4, std::size_t{0}}) {
    const auto found = spellings_.find(Read(text.data() + at));
    const std::size_t sharing = found == spellings_.end() ? 0 : found->second.size();
    if (sharing < fewest) {
      fewest = sharing;
      best = at;
    }
    if (fewest == 0) break;
  }
  return best;
}

template <std::size_t kWidth, std::size_t kStride>
void SpellingIndex::Windows<kWidth, kStride>::SetFilterBit(std::uint64_t window) {
  const std::uint64_t bit = Spread(window) >> (64 - filter_bits_);
  filter_[bit >> kWordBits] |= std::uint64_t{1} << (bit & 63U);
}

template <std::size_t kWidth, std::size_t kStride>
void SpellingIndex::Windows<kWidth, kStride>::GrowFilter() {
  filter_bits_ = filter_bits_ == 0 ? kMinFilterBits : filter_bits_ + 2;
  filter_.assign(std::size_t{1} << (filter_bits_ - kWordBits), 0);
  for (const auto& [window, spellings] : spellings_) SetFilterBit(window);
}

template <std::size_t kWidth, std::size_t kStride>
void SpellingIndex::Windows<kWidth, kStride>::Add(std::string_view text, Spelling spelling) {
  const std::size_t first = ChooseWindow(text);
  for (std::size_t i = 0; i < kStride; ++i) {
    spelling.window = first + i;
    const std::uint64_t window = Read(text.data() + spelling.window);
    spellings_[window].push_back(spelling);
    if (filter_bits_ == 0 || ++count_ * kFilterShare > std::size_t{1} << filter_bits_) {
      GrowFilter();
    } else {
      SetFilterBit(window);
    }
  }
}

template <std::size_t kWidth, std::size_t kStride>
void SpellingIndex::Windows<kWidth, kStride>::FindIn(std::string_view text,
                                                     std::vector<Candidate>& candidates) const {
  if (filter_bits_ == 0 || text.size() < kWidth) return;
  // All that leaves the program comes by here: a handful of instructions a byte.
  const std::uint64_t* const filter = filter_.data();
  const unsigned shift = 64 - filter_bits_;
  for (std::size_t place = 0; place + kWidth <= text.size(); place += kStride) {
    const std::uint64_t window = Read(text.data() + place);
    const std::uint64_t bit = Spread(window) >> shift;
    if ((filter[bit >> kWordBits] >> (bit & 63U) & 1U) == 0) continue;
    const auto found = spellings_.find(window);
    if (found == spellings_.end()) continue;
    for (const Spelling& spelling : found->second) {
      if (spelling.window <= place) candidates.push_back({place - spelling.window, &spelling});
    }
  }
}

void SpellingIndex::Add(std::string_view text, std::size_t secret, SecretForm form) {
  if (text.size() >= kWide + kFar - 1) {
    long_.Add(text, {secret, form, 0});
  } else if (text.size() >= kWide + kNear - 1) {
    middle_.Add(text, {secret, form, 0});
  } else {
    short_.Add(text, {secret, form, 0});
  }
}

std::vector<Candidate> SpellingIndex::FindIn(std::string_view text) const {
  std::vector<Candidate> candidates;
  long_.FindIn(text, candidates);
  middle_.FindIn(text, candidates);
  short_.FindIn(text, candidates);
  return candidates;
}

}  // namespace conform
