#include "page/text_merge.h"

#include <algorithm>

#include "page/plain_text.h"

namespace conform {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kMostCells = 30'000'000;  // of the table below; beyond, texts are not aligned
constexpr std::size_t kUnmatched = static_cast<std::size_t>(-1);

/// For each line of `a` the line of `b` that it stays, by a longest common subsequence.
std::vector<std::size_t> Align(const Lines& a, const Lines& b) {
  std::vector<std::size_t> match(a.size(), kUnmatched);
  const std::size_t width = b.size() + 1;
  if ((a.size() + 1) * width > kMostCells) return match;
  std::vector<int> longest((a.size() + 1) * width, 0);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      longest[i * width + j] =
          a[i] == b[j] ? longest[(i + 1) * width + j + 1] + 1
                       : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      match[i++] = j++;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return match;
}

Lines Slice(const Lines& lines, std::size_t begin, std::size_t end) {
  return {lines.begin() + static_cast<std::ptrdiff_t>(begin),
          lines.begin() + static_cast<std::ptrdiff_t>(end)};
}

/// Without what editors put before a line's end: that is no change of a hand.
Lines LinesToMerge(std::string_view text) {
  Lines lines = LinesOf(text);
  for (std::string& line : lines) {
    if (line.ends_with('\r')) line.pop_back();
  }
  return lines;
}

std::string Join(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class Merger {
 public:
  Merger(std::string_view base, std::string_view ours, std::string_view theirs,
         MergePreference preference)
      : base_(LinesToMerge(base)),
        ours_(LinesToMerge(ours)),
        theirs_(LinesToMerge(theirs)),
        preference_(preference) {}

  MergedText Merge() {
    const std::vector<std::size_t> in_ours = Align(base_, ours_);
    const std::vector<std::size_t> in_theirs = Align(base_, theirs_);
    std::size_t i = 0;
    std::size_t o = 0;
    std::size_t t = 0;
    for (std::size_t k = 0; k <= base_.size(); ++k) {
      const bool end = k == base_.size();
      if (!end && (in_ours[k] == kUnmatched || in_theirs[k] == kUnmatched)) continue;
      const std::size_t next_o = end ? ours_.size() : in_ours[k];
      const std::size_t next_t = end ? theirs_.size() : in_theirs[k];
      AddChunk(Slice(base_, i, k), Slice(ours_, o, next_o), Slice(theirs_, t, next_t), o);
      if (end) break;
      result_.text += base_[k] + "\n";
      i = k + 1;
      o = next_o + 1;
      t = next_t + 1;
    }
    return std::move(result_);
  }

 private:
  void AddChunk(const Lines& base, const Lines& ours, const Lines& theirs, std::size_t at) {
    if (ours == base || ours == theirs) {
      result_.text += Join(theirs);
    } else if (theirs == base) {
      result_.text += Join(ours);
    } else if (base.size() == ours.size() && base.size() == theirs.size() && base.size() > 1) {
      for (std::size_t i = 0; i < base.size(); ++i)
        AddChunk({base[i]}, {ours[i]}, {theirs[i]}, at + i);
    } else {
      result_.conflicts.push_back(
          {static_cast<int>(at) + 1, static_cast<int>(ours.size()), Join(ours), Join(theirs)});
      result_.text += Join(preference_ == MergePreference::kOurs ? ours : theirs);
    }
  }

  Lines base_;
  Lines ours_;
  Lines theirs_;
  MergePreference preference_;
  MergedText result_;
};

}  // namespace

MergedText MergeText(std::string_view base, std::string_view ours, std::string_view theirs,
                     MergePreference preference) {
  return Merger(base, ours, theirs, preference).Merge();
}

}  // namespace conform
