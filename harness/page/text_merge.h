// Three-way merge of text by lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// Lines that both sides changed, each in its own way.
struct MergeConflict {
  int first_line =
      0;          ///< 1-based, in `ours`; where ours took them out, the line they stood before.
  int lines = 0;  ///< of `ours`.
  std::string ours;
  std::string theirs;
};

struct MergedText {
  std::string text;  ///< of a conflict it holds the side that was preferred.
  std::vector<MergeConflict> conflicts;
};

enum class MergePreference { kOurs, kTheirs };

/// What changed from `base` to `ours` and from `base` to `theirs`, in one text. Lines side by side
/// of which each side changed another are no conflict. CRLF is read as LF, which the text has.
MergedText MergeText(std::string_view base, std::string_view ours, std::string_view theirs,
                     MergePreference preference);

}  // namespace conform
